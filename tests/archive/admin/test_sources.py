"""Beside each value stands where it came from, and whether somebody changed it since."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.accession import run, submit
from archive.accession.provenance import provenance
from archive.models import Document
from tests.archive.admin.browser import filled_in
from tests.archive.admin.conftest import logged_in
from tests.builders import a_document
from tests.sources import FILIPPOV, ROSHCHIN, altered, source

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def brought_in(handed_in) -> Document:
    accession = submit([handed_in])
    run(accession.pk)
    return accession.items.get().document


def address_of(document: Document) -> str:
    return reverse("admin:archive_document_change", args=[document.pk])


def help_of(client, document: Document, field: str) -> str:
    return str(client.get(address_of(document)).context["adminform"].form[field].help_text)


@pytest.mark.parametrize("path", [ROSHCHIN, FILIPPOV])
def test_words_of_every_value_stand_in_the_source_as_they_are_shown(path):
    document = brought_in(source(path))
    text = path.read_text(encoding="utf-8")

    trace = provenance(document)

    origins = [*trace.fields.values(), *(each for rows in trace.rows.values() for each in rows.values())]
    excerpts = [each for origin in origins for each in origin.excerpts if "[…]" not in each.words]
    assert len(excerpts) > 10
    assert all(each.before + each.words + each.after in text for each in excerpts)
    assert any(each.before and len(each.before) <= 80 for each in excerpts)
    assert not any(origin.changed for origin in origins)
    assert not any(trace.removed.values())


def test_value_is_shown_with_its_words_in_their_context(archivist):
    document = brought_in(source(ROSHCHIN))

    told = help_of(archivist, document, "title")

    assert "From the source" in told
    assert f"<mark>{document.title}</mark>" in told.replace("&#x27;", "'").replace("&quot;", '"')


def test_changed_value_says_so_and_survives_the_source_coming_again(archivist, worked_off):
    document = brought_in(source(FILIPPOV))
    worked_off(archivist, address_of(document), filled_in(archivist, address_of(document), summary="Our own words."))

    brought_in(altered(FILIPPOV, ("Telegram from Stalin to Mao", "Cable from Stalin to Mao"), ("List 85", "List 86")))

    document.refresh_from_db()
    told = help_of(archivist, document, "summary")
    assert document.summary == "Our own words."
    assert document.references.first().listy == "86"
    assert "Changed by hand" in told
    assert "the source says “" in told
    assert "Changed by hand" not in help_of(archivist, document, "title")


def test_changed_added_and_removed_rows_are_told_apart(archivist, worked_off):
    document = brought_in(source(ROSHCHIN))
    first = document.contributions.first()
    gone = document.contributions.exclude(pk=first.pk).last()
    gone.delete()
    document.numbers.create(kind="legacy", value="old-1", order=90)

    data = filled_in(archivist, address_of(document), **{"contributions-0-as_written": "Another name"})
    worked_off(archivist, address_of(document), data)
    page = archivist.get(address_of(document)).content.decode()

    trace = provenance(document)
    assert dict(trace.rows["contributions"][first.pk].said) == {"as written": first.as_written}
    assert [dict(origin.said)["role"] for origin in trace.removed["contributions"]] == [gone.role]
    assert "Changed by hand" in page
    assert "Added by hand" in page
    assert "Removed by hand:" in page


def test_renaming_an_agent_changes_no_document_by_hand():
    document = brought_in(source(FILIPPOV))
    agent = document.contributions.first().agent
    agent.names.create(value=agent.name)
    agent.name = "Another preferred name"
    agent.save()

    assert not any(origin.changed for origin in provenance(document).rows["contributions"].values())


def test_lost_original_leaves_the_words_without_their_context():
    document = brought_in(source(ROSHCHIN))
    original = document.accession_items.get().source.original
    original.file.storage.delete(original.file.name)

    excerpt = provenance(document).fields["title"].excerpts[0]

    assert (excerpt.before, bool(excerpt.words), excerpt.after) == ("", True, "")


def test_document_described_by_hand_has_no_source(archivist):
    document = a_document()

    assert provenance(document) is None
    assert b"From the source" not in archivist.get(address_of(document)).content


def test_words_of_files_are_for_those_who_may_see_them():
    document = brought_in(source(ROSHCHIN))

    page = logged_in("view_document").get(address_of(document)).content
    permitted = logged_in("view_document", "view_accessionitem").get(address_of(document)).content

    assert b"From the source" not in page
    assert b"From the source" in permitted


def test_origins_ask_as_often_for_many_names_as_for_one(archivist):
    document = brought_in(source(FILIPPOV))
    with CaptureQueriesContext(connection) as before:
        provenance(document)
    for number in range(20):
        document.numbers.create(kind="cited", value=str(number), order=20 + number)

    with CaptureQueriesContext(connection) as after:
        provenance(document)

    assert len(after) == len(before) <= 8
