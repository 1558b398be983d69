"""An accession undone: everything as it was before, and what stays says why."""

from __future__ import annotations

from functools import partial

import pytest
from django.contrib.auth.models import User

from archive import accession, history, jobs, publication
from archive.accession import entering, leftovers
from archive.accession.judging import Act
from archive.jobs.accessions import undo_accession, what_undoing_does
from archive.jobs.steering import CannotBeUndone
from archive.models import (
    Accession,
    Agent,
    ArchivalUnit,
    Document,
    DocumentRelation,
    Job,
    Page,
    Revision,
)
from archive.readers import Source
from tests.builders import a_collection, a_document
from tests.sources import FILIPPOV, ROSHCHIN, altered, source

pytestmark = pytest.mark.django_db

BETTER = (("Telegram from Stalin to Mao", "Cable from Stalin to Mao"), ("List 85", "List 86"))


def bring_in(*sources: Source, **options) -> Accession:
    submitted = accession.submit(sources, **options)
    accession.run(submitted.pk)
    submitted.refresh_from_db()
    return submitted


def undone(what: Accession, *, by: User | None = None) -> Job:
    job = undo_accession(what, by=by)
    jobs.run(job.pk)
    job.refresh_from_db()
    what.refresh_from_db()
    return job


def report_of(job: Job) -> dict[str, str]:
    return {each.identifier: each.message for each in job.items.all()}


def test_documents_that_were_never_public_go_with_all_that_was_made_for_them(admin_user):
    taken_in = bring_in(source(ROSHCHIN), source(FILIPPOV), collection=a_collection())

    job = undone(taken_in, by=admin_user)

    assert (job.state, taken_in.state, taken_in.undone_by) == ("done", "undone", admin_user)
    assert taken_in.undone_at
    assert not Document.objects.exists()
    assert not Agent.objects.exists()
    assert not ArchivalUnit.objects.exists()
    assert not Page.objects.exists()
    assert {each.state for each in taken_in.items.all()} == {"undone"}
    assert set(taken_in.undone["removed"]) >= {"agent", "archivalunit"}
    assert taken_in.undone["kept"] == []


def test_same_source_comes_in_anew_after_undoing():
    undone(bring_in(source(FILIPPOV)))

    again = bring_in(source(FILIPPOV))

    assert [each.state for each in again.items.all()] == ["created"]
    assert Document.objects.get().identifier == "110692"


def test_published_document_is_withdrawn_and_stays():
    taken_in = bring_in(source(FILIPPOV), publish=True)

    job = undone(taken_in)

    document = Document.objects.get()
    assert (document.state, taken_in.state) == ("withdrawn", "undone")
    assert report_of(job)["110692"].startswith("Withdrawn. It came in with the accession and is public")
    assert Agent.objects.exists()
    assert {each["why"] for each in taken_in.undone["kept"]} == {"is used elsewhere"}


def test_who_may_not_withdraw_leaves_what_is_public(django_user_model):
    ada = django_user_model.objects.create_user("ada")
    taken_in = bring_in(source(FILIPPOV), publish=True)

    job = undone(taken_in, by=ada)

    assert Document.objects.get().state == "published"
    assert "may not withdraw" in report_of(job)["110692"]


def test_updated_document_is_as_it_was_before():
    bring_in(source(FILIPPOV))
    before = history.snapshots([Document.objects.get().pk])
    update = bring_in(altered(FILIPPOV, *BETTER), collection=a_collection())

    job = undone(update)

    after = history.snapshots([Document.objects.get().pk])
    assert history.difference(*before.values(), *after.values()) == []
    assert Document.objects.get().references.first().listy == "85"
    assert report_of(job)["110692"] == "Put back. It is as of version 1 again."


def test_undone_update_comes_in_again_as_an_update():
    bring_in(source(FILIPPOV))
    better = altered(FILIPPOV, *BETTER)
    undone(bring_in(better))

    again = bring_in(better)

    assert again.items.get().state == "updated"
    assert Document.objects.get().references.first().listy == "86"


def test_public_document_shows_again_what_it_said_before():
    bring_in(source(FILIPPOV), publish=True)
    update = bring_in(altered(FILIPPOV, *BETTER))
    document = Document.objects.get()
    shown = document.representations.get(format="oai_dc").checksum if _has_oai(document) else None

    undone(update)

    document.refresh_from_db()
    assert document.summary.startswith("Telegram from Stalin")
    assert document.state == "published"
    if shown:
        assert document.representations.get(format="oai_dc").checksum != shown


def _has_oai(document: Document) -> bool:
    return document.representations.filter(format="oai_dc").exists()


@pytest.mark.parametrize("first", ["created", "updated"])
def test_what_a_person_has_changed_since_stays_as_it_is(first):
    taken_in = bring_in(source(FILIPPOV))
    if first == "updated":
        taken_in = bring_in(altered(FILIPPOV, *BETTER))
    Document.objects.update(summary="Written by a person.")

    job = undone(taken_in)

    assert Document.objects.get().summary == "Written by a person."
    assert report_of(job)["110692"].startswith("Stays. Somebody has changed it since")
    assert taken_in.items.get().state == first


def test_what_a_person_changed_between_two_updates_of_one_accession_stays():
    bring_in(source(FILIPPOV))
    twice = accession.submit([altered(FILIPPOV, BETTER[0]), altered(FILIPPOV, *BETTER)])
    for source_row in accession.reading.take(twice.pk, limit=2):
        accession.reading.read([source_row], accession.originals.Kept())
    accession.entering.enter(accession.entering.take(twice.pk, limit=1))
    document = Document.objects.get()
    Document.objects.update(title="By a person.")
    history.record([document.pk], act=history.EDITED)
    accession.run(twice.pk)

    job = undone(Accession.objects.get(pk=twice.pk))

    assert Document.objects.get().title == "By a person."
    assert report_of(job)["110692"].startswith("Stays. Somebody has changed it since")


def test_what_a_later_accession_brought_stays_until_that_one_is_undone():
    first = bring_in(source(FILIPPOV))
    second = bring_in(altered(FILIPPOV, *BETTER))

    stays = undone(first)
    assert report_of(stays)["110692"] == f"Stays. Accession {second.pk} brought it later; undo that one first."

    undone(second)
    undone(first)
    assert not Document.objects.exists()


def test_document_that_another_refers_to_stays():
    taken_in = bring_in(source(FILIPPOV))
    other = a_document("other")
    DocumentRelation.objects.create(document=other, target=Document.objects.get(identifier="110692"), kind="refers to")

    job = undone(taken_in)

    assert report_of(job)["110692"] == "Stays. “Telegram other” (other) refers to it."


def test_page_images_that_a_person_added_keep_their_document():
    taken_in = bring_in(source(FILIPPOV))
    same = {"kind": "scan", "width": 1, "height": 1, "media_type": "image/png", "sha256": "0" * 64}
    Page.objects.create(identifier="scan.1", document=Document.objects.get(), image="scans/1.png", **same)

    job = undone(taken_in)

    assert "page images that did not come" in report_of(job)["110692"]


def test_document_put_into_a_collection_leaves_it_again():
    bring_in(source(FILIPPOV))
    collection = a_collection()
    known = bring_in(source(FILIPPOV), collection=collection)
    assert known.items.get().state == "known"

    undone(known)

    assert not collection.documents.exists()


def test_document_that_was_only_known_is_left_alone():
    bring_in(source(FILIPPOV))
    known = bring_in(source(FILIPPOV))
    versions = Revision.objects.count()

    job = undone(known)

    assert report_of(job)["110692"].startswith("Unchanged. It was known already")
    assert (Revision.objects.count(), known.state) == (versions, "undone")


def test_known_document_that_the_accession_published_is_withdrawn():
    bring_in(source(FILIPPOV))
    known = bring_in(source(FILIPPOV), publish=True)

    job = undone(known)

    assert Document.objects.get().state == "withdrawn"
    assert report_of(job)["110692"] == "Withdrawn. The accession had published it."


def test_authority_that_somebody_described_stays_and_is_told():
    taken_in = bring_in(source(FILIPPOV))
    Agent.objects.filter(name="Stalin").update(note="General secretary.")

    undone(taken_in)

    assert list(Agent.objects.values_list("name", flat=True)) == ["Stalin"]
    told = [(each["kind"], each["name"], each["why"]) for each in taken_in.undone["kept"]]
    assert told == [("agent", "Stalin", "was changed since")]


def test_authority_that_got_another_name_from_the_accession_goes(monkeypatch):
    monkeypatch.setattr(entering, "take", partial(entering.take, limit=1))
    other = altered(FILIPPOV, ("110692", "110693"), ("FILIPPOV [Stalin]", "FYN SI [Stalin]"), ("Filippov", "Fyn Si"))

    taken_in = bring_in(source(FILIPPOV), other)
    assert Agent.objects.get(name="Stalin").names.count() == 2
    undone(taken_in)

    assert not Agent.objects.exists()
    assert taken_in.undone["kept"] == []


def test_name_that_a_person_gave_to_an_authority_stays_with_it():
    taken_in = bring_in(source(FILIPPOV))
    stalin = Agent.objects.get(name="Stalin")
    stalin.names.create(value="Koba", kind="pseudonym")
    history.record([stalin.pk], act=history.EDITED, of=Agent)
    undone(bring_in(altered(FILIPPOV, ("110692", "110693"), ("Filippov", "Fyn Si"))))

    undone(taken_in)

    assert list(Agent.objects.values_list("name", flat=True)) == ["Stalin"]
    assert stalin.names.filter(value="Koba").exists()


def test_authority_that_was_there_before_stays():
    Agent.objects.create(name="Stalin")

    undone(bring_in(source(FILIPPOV)))

    assert list(Agent.objects.values_list("name", flat=True)) == ["Stalin"]


def test_what_is_foreseen_is_what_happens_and_changes_nothing():
    taken_in = bring_in(source(FILIPPOV), source(ROSHCHIN))
    publication.publish([Document.objects.get(identifier="110692").pk])

    seen = what_undoing_does(taken_in)

    assert seen.counts == {Act.WITHDRAW: 1, Act.DELETE: 1}
    assert Document.objects.count() == 2
    undone(taken_in)
    assert Document.objects.count() == 1


def test_foreseeing_asks_no_more_for_more_documents(django_assert_num_queries):
    one, two = bring_in(source(FILIPPOV)), bring_in(source(ROSHCHIN), altered(FILIPPOV, ("110692", "110693")))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        what_undoing_does(one)

    with django_assert_num_queries(len(few)):
        what_undoing_does(two)


def test_accession_in_work_is_not_undone():
    with pytest.raises(CannotBeUndone, match="is queued"):
        undo_accession(accession.submit([source(FILIPPOV)]))


def test_accession_is_not_undone_twice_at_a_time():
    taken_in = bring_in(source(FILIPPOV))
    undo_accession(taken_in)

    with pytest.raises(CannotBeUndone, match="is being undone already"):
        undo_accession(taken_in)


def test_undo_goes_on_where_its_worker_died(monkeypatch):
    taken_in = bring_in(source(FILIPPOV), source(ROSHCHIN))
    job = undo_accession(taken_in)
    monkeypatch.setattr(jobs.operations.undo_accession.UndoAccession, "batch", 1)

    class Killed(BaseException):
        pass

    real = leftovers.remove
    calls = []

    def dies(*arguments, **options):
        calls.append(real(*arguments, **options))
        if len(calls) == 1:
            raise Killed

    monkeypatch.setattr(leftovers, "remove", lambda *a, **o: dies(*a, **o) or calls[-1])
    with pytest.raises(Killed):
        jobs.run(job.pk)
    Job.objects.update(lease_expires_at=None)
    jobs.run(job.pk)

    taken_in.refresh_from_db()
    assert (taken_in.state, Document.objects.count(), Agent.objects.count()) == ("undone", 0, 0)
    assert calls[0] == calls[1] == taken_in.undone


def test_cancelled_undo_leaves_the_accession_as_it_stands():
    taken_in = bring_in(source(FILIPPOV))
    job = undo_accession(taken_in)
    jobs.cancel(job)
    jobs.run(job.pk)

    taken_in.refresh_from_db()
    assert (taken_in.state, Document.objects.count()) == ("done", 1)
    undone(taken_in)
    assert taken_in.state == "undone"


def test_undone_accession_is_not_retried():
    taken_in = bring_in(source(FILIPPOV), Source("bad.txt", b""))
    taken_in.sources.filter(name="bad.txt").update(state="failed")
    undone(taken_in)

    assert accession.retry(taken_in) == 0
