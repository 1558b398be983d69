"""Originals read again by a better reader: an accession of its own, and nothing moves where nothing changed."""

from __future__ import annotations

import dataclasses
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archive.accession.rereading import originals_again, submit_again
from archive.drafts import Summary
from archive.models import Accession, ArchivalUnit, Document, Revision
from archive.readers import Source
from archive.readers.ead3 import Ead3
from archive.readers.page_markdown import MarkdownPage
from tests.archive.accession.test_undoing import BETTER, bring_in, undone
from tests.sources import FILIPPOV, ROSHCHIN, SOURCES, altered, source

pytestmark = pytest.mark.django_db


def reread(*arguments: str) -> str:
    out = StringIO()
    call_command("reread", *arguments, "--patience", "0", stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def better_reader(monkeypatch):
    """A next version of the reader, which reads another summary."""
    read = MarkdownPage.read

    def better(self, given):
        for draft in read(self, given):
            yield dataclasses.replace(draft, fields=tuple(map(_better, draft.fields)))

    def turn_on():
        monkeypatch.setattr(MarkdownPage, "read", better)
        monkeypatch.setattr(MarkdownPage, "version", "99")

    return turn_on


def _better(field):
    if not isinstance(field.value, Summary):
        return field
    return field._replace(value=dataclasses.replace(field.value, text="Read better."))


def test_nothing_moves_where_the_readers_say_the_same():
    bring_in(source(FILIPPOV), source(ROSHCHIN))
    versions = Revision.objects.count()

    assert "Nothing changes" in reread()
    assert (Accession.objects.count(), Revision.objects.count()) == (1, versions)


def test_what_a_better_reader_says_of_archival_units_is_told_and_made_so(monkeypatch):
    bring_in(Source.at(SOURCES / "ead3" / "stalin-fond.xml"))
    unit = ArchivalUnit.objects.get(code="331")
    unit.title = unit.said["title"] = "Telegrams"  # as an older reader had it
    unit.save()
    monkeypatch.setattr(Ead3, "version", "99")

    assert "1 archival units" in reread("--older", "--dry-run")
    reread("--older")
    assert ArchivalUnit.objects.get(code="331").title == "Telegrams to Beijing"


def test_better_reader_updates_as_an_accession_that_can_be_undone(better_reader):
    first = bring_in(source(FILIPPOV), source(ROSHCHIN))
    better_reader()

    said = reread()

    second = Accession.objects.latest("pk")
    assert Document.objects.get(identifier="110692").summary == "Read better."
    assert (second.rereads, [each.state for each in second.items.all()]) == (first, ["updated"])
    assert "1 documents were updated and 0 created." in said
    undone(second)
    assert Document.objects.get(identifier="110692").summary.startswith("Telegram from Stalin")


def test_dry_run_shows_the_difference_and_changes_nothing(better_reader):
    bring_in(source(FILIPPOV))
    better_reader()

    told = [json.loads(line) for line in reread("--dry-run", "--json").splitlines()]

    assert [(each["outcome"], [one["what"] for one in each["changes"]]) for each in told] == [("updated", ["Summary"])]
    assert told[0]["changes"][0]["after"] == "Read better."
    assert Document.objects.get().summary.startswith("Telegram")
    assert Accession.objects.count() == 1


def test_what_a_person_changed_stays_when_it_is_read_again(better_reader):
    bring_in(source(FILIPPOV))
    Document.objects.update(summary="Written by a person.")
    better_reader()

    reread()

    assert Document.objects.get().summary == "Written by a person."


def test_older_file_takes_nothing_back_that_a_newer_one_said(better_reader):
    bring_in(source(FILIPPOV))
    bring_in(altered(FILIPPOV, *BETTER))
    better_reader()

    reread()

    assert Document.objects.get().references.first().listy == "86"
    assert Document.objects.get().summary == "Read better."
    assert Accession.objects.count() == 3


def test_deleted_document_does_not_come_back():
    bring_in(source(FILIPPOV))
    Document.objects.all().delete()

    assert "Nothing changes" in reread()
    assert not Document.objects.exists()


def test_undone_accession_is_not_read_again():
    undone(bring_in(source(FILIPPOV)))

    assert originals_again() == []


def test_only_what_is_asked_for_is_read_again(better_reader):
    first = bring_in(source(FILIPPOV), source(ROSHCHIN))
    second = bring_in(altered(FILIPPOV, ("110692", "110693")))

    def chosen(**options):
        return [(again.accession, len(again.sources)) for again in originals_again(**options)]

    assert chosen() == [(first, 2), (second, 1)]
    assert chosen(accession=second) == [(second, 1)]
    assert chosen(reader="page_text") == [(first, 1)]
    assert chosen(older=True) == []
    better_reader()
    assert chosen(older=True) == [(first, 1), (second, 1)]


def test_unknown_reader_is_named_with_those_there_are():
    with pytest.raises(CommandError, match=r"There is no reader 'papyrus'. There are: .*page_text"):
        reread("--reader", "papyrus")


def test_worker_can_look_first_at_what_is_read_again(better_reader):
    from archive import accession

    bring_in(source(FILIPPOV))
    better_reader()
    (again,) = originals_again()
    submitted = submit_again(again, look_first=True)
    accession.run(submitted.pk)

    submitted.refresh_from_db()
    assert (submitted.state, submitted.items.get().looked["outcome"]) == ("looked_at", "updated")
    assert Document.objects.get().summary.startswith("Telegram")
