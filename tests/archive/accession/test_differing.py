"""A second accession of the same documents: what it would change is shown first, and what is gone is told."""

from __future__ import annotations

import pytest

from archive import accession
from archive.accession.vanished import vanished_reports
from archive.models import Accession, AccessionItem, Document, Original
from archive.readers import Source
from tests.archive.accession.test_undoing import BETTER, bring_in
from tests.sources import FILIPPOV, ROSHCHIN, altered, source

pytestmark = pytest.mark.django_db


def looked_at(*sources: Source, **options) -> Accession:
    submitted = accession.submit(sources, look_first=True, **options)
    accession.run(submitted.pk)
    submitted.refresh_from_db()
    return submitted


def test_rehearsal_of_an_update_tells_old_and_new_of_each_field():
    bring_in(source(FILIPPOV))

    (report,) = accession.rehearse([altered(FILIPPOV, *BETTER)])

    changes = {each["what"]: (each["before"], each["after"]) for each in report.changes}
    assert report.outcome == "updated"
    assert changes.keys() == {"Summary", "Citation", "References"}
    assert [each.split()[0] for each in changes["Summary"]] == ["Telegram", "Cable"]
    assert report.kept == []
    assert "changes" in report.as_data()


def test_rehearsal_tells_what_a_person_changed_and_is_kept():
    bring_in(source(FILIPPOV))
    document = Document.objects.get()
    Document.objects.update(summary="Written by a person.")
    accession.entry.history.record([document.pk], act="edited")
    document.contributions.first().delete()
    accession.entry.history.record([document.pk], act="edited")

    (report,) = accession.rehearse([altered(FILIPPOV, *BETTER)])

    kept = {each["what"]: each for each in report.kept}
    assert [each["what"] for each in report.changes] == ["Citation", "References"]
    assert kept.keys() == {"Summary", "Contributions"}
    assert kept["Summary"]["ours"] == "Written by a person."
    assert kept["Summary"]["source"].startswith("Cable from Stalin")


def test_report_of_the_real_thing_tells_the_same_difference():
    bring_in(source(FILIPPOV))
    better = altered(FILIPPOV, *BETTER)
    (dry,) = accession.rehearse([better])

    (wet,) = accession.reports_of(bring_in(better))

    assert (wet.changes, wet.kept) == (dry.changes, dry.kept)


def test_looking_enters_nothing_and_says_what_would_become_of_each():
    bring_in(source(FILIPPOV))

    seen = looked_at(altered(FILIPPOV, *BETTER), source(ROSHCHIN), Source("bad.txt", b""))

    assert (seen.state, Document.objects.count()) == ("looked_at", 1)
    assert Document.objects.get().summary.startswith("Telegram")
    items = list(seen.items.order_by("pk"))
    assert [(each.state, each.looked["outcome"]) for each in items] == [
        ("looked_at", "updated"),
        ("looked_at", "created"),
    ]
    assert {each["what"] for each in items[0].looked["changes"]} == {"Summary", "Citation", "References"}
    assert items[0].looked["identifier"] == "110692"


def test_looked_at_comes_in_once_somebody_says_so():
    bring_in(source(FILIPPOV))
    seen = looked_at(altered(FILIPPOV, *BETTER), source(ROSHCHIN))

    assert accession.take_in(seen) == 2
    accession.run(seen.pk)

    seen.refresh_from_db()
    assert (seen.state, [each.state for each in seen.items.order_by("pk")]) == ("done", ["updated", "created"])
    assert accession.take_in(seen) == 0


def test_discarded_look_leaves_nothing_but_the_originals():
    seen = looked_at(source(FILIPPOV))

    assert accession.discard(seen)

    seen.refresh_from_db()
    assert (seen.state, Document.objects.count(), Original.objects.count()) == ("discarded", 0, 1)
    assert not accession.discard(seen)
    assert accession.retry(seen) == 0


def test_second_copy_in_another_batch_is_seen_as_what_it_will_be(monkeypatch):
    monkeypatch.setattr(accession.entering.take, "__kwdefaults__", {"limit": 1})

    seen = looked_at(source(FILIPPOV), altered(FILIPPOV, *BETTER))

    assert [each.looked["outcome"] for each in seen.items.order_by("pk")] == ["created", "updated"]


def test_look_at_nothing_that_could_come_in_ends_as_failed():
    assert looked_at(Source("bad.txt", b"")).state == "failed"


def test_looking_and_rehearsing_tell_the_same_also_of_what_a_document_will_be_called():
    sources = [source(ROSHCHIN), Source("bad.txt", b""), source(FILIPPOV)]

    dry = [each.as_data() for each in accession.rehearse(sources)]

    assert dry == [each.as_data() for each in accession.reports_of(looked_at(*sources))]
    assert [each["identifier"] for each in dry] == ["", "", "110692"]


def test_look_goes_on_where_its_worker_died():
    submitted = accession.submit([source(FILIPPOV), source(ROSHCHIN)], look_first=True)
    accession.reading.read(accession.reading.take(submitted.pk), accession.originals.Kept())
    accession.entering.take(submitted.pk)
    AccessionItem.objects.update(lease_expires_at="2020-01-01T00:00Z")
    accession.run(submitted.pk)

    submitted.refresh_from_db()
    assert submitted.state == "looked_at"
    assert {each.looked["outcome"] for each in submitted.items.all()} == {"created"}


TWO = (
    b'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="%s"><teiHeader><fileDesc><titleStmt><title>Letter %s</title>'
    b"</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
    b"<text><body><p>Dear friend, %s.</p></body></text></TEI>"
)


def corpus(*names: str) -> Source:
    letters = b"".join(TWO % ((name.encode(),) * 3) for name in names)
    return Source("letters.xml", b'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">' + letters + b"</teiCorpus>")


def test_what_is_in_the_source_no_more_is_told_and_stays():
    bring_in(corpus("one", "two"))
    gone = Document.objects.get(title="Letter two")

    *_, told = accession.rehearse([corpus("one")])

    assert (told.outcome, told.title, told.identifier) == ("vanished", "Letter two", gone.identifier)
    assert told.identity == gone.identity
    assert told.came_in
    assert Document.objects.filter(pk=gone.pk).exists()


def test_what_may_be_among_the_refused_is_not_told_as_gone_without_saying_so():
    bring_in(Source("box.csv", b"id,title\n1,Minutes\n2,Letter\n"))

    *_, told = accession.rehearse([Source("box.csv", b"id,title\n1,Minutes\n2,Letter,x\n")])

    assert (told.outcome, told.title) == ("vanished", "Letter")
    assert "or it is among the 1 that were refused this time" in told.notices[0]["message"]


def test_source_of_another_name_has_lost_nothing_unless_it_replaces():
    first = bring_in(source(FILIPPOV), source(ROSHCHIN))
    second = bring_in(Source("other.txt", FILIPPOV.read_bytes()))
    third = bring_in(Source("other.txt", FILIPPOV.read_bytes()), replaces=first)

    assert list(vanished_reports(second)) == []
    assert [each.source for each in vanished_reports(third)] == [ROSHCHIN.name]


def test_file_that_could_not_be_read_this_time_has_lost_nothing():
    first = bring_in(source(FILIPPOV))
    again = bring_in(Source(FILIPPOV.name, b""), replaces=first)

    assert list(vanished_reports(again)) == []


def test_what_was_undone_has_not_vanished():
    from tests.archive.accession.test_undoing import undone

    undone(bring_in(corpus("one", "two")))

    assert list(vanished_reports(bring_in(corpus("one")))) == []
