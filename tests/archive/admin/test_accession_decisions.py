"""Deciding over accessions in the admin: look first, take in or discard, undo; and names that others bear."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive import accession
from archive.models import Accession, Agent, Document, Job
from tests.archive.accession.test_differing import corpus, looked_at
from tests.archive.accession.test_undoing import BETTER, bring_in
from tests.archive.admin.conftest import logged_in
from tests.archive.admin.test_groups import member
from tests.builders import a_collection
from tests.sources import FILIPPOV, ROSHCHIN, altered, source

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def at(view: str, *arguments: object) -> str:
    return reverse(f"admin:archive_accession_{view}", args=arguments)


def test_upload_can_be_looked_at_before_anything_comes_in(archivist, worked_off):
    bring_in(source(FILIPPOV))
    upload = SimpleUploadedFile(FILIPPOV.name, altered(FILIPPOV, *BETTER).content)

    response = worked_off(archivist, at("add"), {"uploads": [upload], "look_first": "on"})

    page = archivist.get(response.redirect_chain[-1][0]).content.decode()
    assert "1 would change." in page
    assert "Take it in" in page
    assert "List 85" in page
    assert "List 86" in page
    assert Document.objects.get().summary.startswith("Telegram")


def test_what_was_looked_at_is_taken_in(archivist, worked_off):
    seen = looked_at(source(FILIPPOV))

    response = worked_off(archivist, at("take_in", seen.pk), {})

    assert "1 document is taken in" in response.content.decode()
    assert Document.objects.get().identifier == "110692"


def test_what_was_looked_at_is_discarded(archivist, worked_off):
    seen = looked_at(source(FILIPPOV))

    response = worked_off(archivist, at("discard", seen.pk), {})

    assert "Nothing came in; the files are kept." in response.content.decode()
    assert not Document.objects.exists()


def test_undo_is_shown_first_and_then_done(archivist, worked_off):
    taken_in = bring_in(source(FILIPPOV))
    assert "Undo 1 document…" in archivist.get(at("change", taken_in.pk)).content.decode()

    asked = archivist.post(at("undo", taken_in.pk))
    assert "1 deleted" in asked.content.decode()
    assert "never public" in asked.content.decode()
    assert Document.objects.exists()

    response = worked_off(archivist, at("undo", taken_in.pk), {"mark": asked.context["seen"].mark})
    page = response.content.decode()
    assert "is being undone: 1 document." in page
    taken_in.refresh_from_db()
    assert (taken_in.state, taken_in.undone_by.username, Document.objects.count()) == ("undone", "user-0", 0)
    assert "by user-0" in archivist.get(at("change", taken_in.pk)).content.decode()


@pytest.mark.parametrize(("how", "offered"), [({}, False), ({"publish": True}, True), ({"collection": "korea"}, True)])
def test_undo_is_offered_for_known_documents_with_which_the_accession_did_something(archivist, how, offered):
    bring_in(source(FILIPPOV))
    known = bring_in(source(FILIPPOV), **{**how, **({"collection": a_collection()} if "collection" in how else {})})
    assert known.items.get().state == "known"

    assert ("Undo 1 document…" in archivist.get(at("change", known.pk)).content.decode()) is offered


def test_undo_is_shown_again_when_something_has_changed_meanwhile(archivist):
    taken_in = bring_in(source(FILIPPOV))
    mark = archivist.post(at("undo", taken_in.pk)).context["seen"].mark
    Document.objects.update(title="By a person.")

    again = archivist.post(at("undo", taken_in.pk), {"mark": mark})

    assert "The documents have changed since you saw" in again.content.decode()
    assert not Job.objects.exists()


def test_undo_is_for_editors_and_for_who_made_it(django_user_model):
    editor, other = member("Archive editor"), member("Archive cataloguer")
    maker = logged_in("view_accession", "add_accession")
    user = django_user_model.objects.get(pk=maker.session["_auth_user_id"])
    taken_in = bring_in(source(FILIPPOV), created_by=user)

    status = [client.post(at("undo", taken_in.pk)).status_code for client in (editor, other, maker)]

    assert status == [200, 403, 200]


@pytest.mark.parametrize("view", ["undo", "take_in", "discard"])
def test_nothing_is_decided_by_following_a_link(archivist, view):
    seen = looked_at(source(FILIPPOV))

    assert archivist.get(at(view, seen.pk)).status_code == 405


def test_who_may_not_hand_files_in_decides_nothing():
    seen = looked_at(source(FILIPPOV))
    client = logged_in("view_accession")

    assert [client.post(at(view, seen.pk)).status_code for view in ("take_in", "discard", "undo")] == [403] * 3


def test_what_is_no_more_in_the_source_is_on_the_page(archivist):
    bring_in(corpus("one", "two"))
    second = bring_in(corpus("one"))

    page = archivist.get(at("change", second.pk)).content.decode()

    assert "No more in the source" in page
    assert "Letter two" in page


def test_accessions_are_read_again_and_wait_for_a_decision(archivist, worked_off):
    taken_in = bring_in(source(FILIPPOV), source(ROSHCHIN))

    response = worked_off(archivist, at("changelist"), {"action": "reread", "_selected_action": [taken_in.pk]})

    again = Accession.objects.latest("pk")
    assert (again.rereads, again.state) == (taken_in, "looked_at")
    assert "A worker looks at what would change" in response.content.decode()
    assert "2 are known and stay as they are" in archivist.get(at("change", again.pk)).content.decode()


def test_item_offers_those_who_bear_a_name_like_one_of_its_own(archivist):
    item = bring_in(source(FILIPPOV)).items.get()
    mao = Agent.objects.get(name__startswith="Mao")
    first, last = mao.name.rsplit(" ", 1)
    other = Agent.objects.create(name=f"{last}, {first}")

    page = archivist.get(reverse("admin:archive_accessionitem_change", args=[item.pk])).content.decode()

    assert "Names that others bear too" in page
    assert f"{other.name}</a> ({other.identifier})" in page
    merging = archivist.post(
        reverse("admin:archive_agent_changelist"), {"action": "merge", "_selected_action": [mao.pk, other.pk]}
    )
    assert other.name in merging.content.decode()
    assert f'name="_selected_action" value="{other.pk}"' in page


def test_who_may_not_merge_sees_the_names_and_no_button():
    item = bring_in(source(FILIPPOV)).items.get()
    Agent.objects.create(name="STALIN")
    client = logged_in("view_accessionitem")

    page = client.get(reverse("admin:archive_accessionitem_change", args=[item.pk])).content.decode()

    assert "Names that others bear too" in page
    assert "Merge…" not in page


def test_document_that_is_only_looked_at_shows_who_bears_its_names(archivist):
    Agent.objects.create(name="Сталин")
    Agent.objects.create(name="Stalin")
    item = looked_at(source(FILIPPOV)).items.get()

    page = archivist.get(reverse("admin:archive_accessionitem_change", args=[item.pk])).content.decode()

    assert "Сталин</a>" in page
    assert accession.reports_of(item.accession)
