"""What was understood of a file, marked in its own words."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from archive.admin.marks import field_rows, other_notices, stretches
from archive.models import AccessionItem
from archive.readers import Source
from tests.sources import an_accession_source

TEXT = "Skip to content\nTitle: <A> & B\nOctober 13, 1950 and more"
UNDERSTOOD = {
    "fields": [
        {"field": "title", "value": {"text": "<A> & B", "language": ""}, "verbatim": "<A> & B", "span": [23, 30],
         "locator": "", "inferred": ""},
        {"field": "date", "value": {"edtf": "1950-10-13"}, "verbatim": "October 13, 1950", "span": [31, 47],
         "locator": "", "inferred": ""},
        {"field": "number", "value": {"value": "13", "kind": "cited"}, "verbatim": "13", "span": [39, 41],
         "locator": "", "inferred": "kind from nothing"},
        {"field": "empty_label", "value": {"label": ""}, "verbatim": "", "span": None, "locator": "cell B2",
         "inferred": ""},
    ],
    "segments": [
        ["chrome", 0, 15], ["blank", 15, 16], ["label", 16, 22], ["blank", 22, 23], ["field", 23, 30],
        ["blank", 30, 31], ["body", 31, 56],
    ],
    "notices": [
        {"message": "13 may be a day.", "span": [39, 41]},
        {"message": "The list may be cut off.", "span": None},
    ],
}  # fmt: skip


def an_item(text: str = TEXT, understood: dict = UNDERSTOOD, **fields) -> AccessionItem:
    handed_in = an_accession_source(Source("page.txt", text.encode()))
    return AccessionItem.objects.create(
        accession=handed_in.accession, source=handed_in, understood=understood, **fields
    )


def page_of(client, item: AccessionItem) -> str:
    return client.get(reverse("admin:archive_accessionitem_change", args=[item.pk])).content.decode()


def test_pieces_joined_are_the_source():
    cut = stretches(TEXT, UNDERSTOOD, field_rows(TEXT, UNDERSTOOD))

    assert "".join(piece.words for stretch in cut for piece in stretch.pieces) == TEXT


def test_fields_that_overlap_are_both_marked():
    cut = list(stretches(TEXT, UNDERSTOOD, field_rows(TEXT, UNDERSTOOD)))

    marked = {piece.words: [row.name for row in piece.fields] for piece in cut[-1].pieces}
    assert marked == {"October ": ["date"], "13": ["date", "number"], ", 1950": ["date"], " and more": []}


def test_notice_stands_with_the_field_it_is_about():
    rows = field_rows(TEXT, UNDERSTOOD)

    assert rows[2].notices == ("13 may be a day.",)
    assert other_notices(UNDERSTOOD) == ["The list may be cut off."]


def test_position_is_a_line_or_a_cell():
    rows = field_rows(TEXT, UNDERSTOOD)

    assert [rows[0].position, rows[3].position] == ["line 2, characters 23–30", "cell B2"]


@pytest.mark.django_db
def test_page_shows_the_source_escaped_with_its_marks(archivist):
    page = page_of(archivist, an_item(state="created"))

    source = re.search(r'<div class="fonds-source"[^>]*>(.*?)</div>', page, re.DOTALL)[1]
    assert "<mark>&lt;A&gt; &amp; B</mark>" in source
    assert '<a class="fonds-number" id="at-2" href="#field-2">2 date</a><mark>October </mark>' in source
    assert "web page" in strip_tags(source)
    assert 'id="field-2"' in page
    assert "kind from nothing" in page


@pytest.mark.django_db
def test_page_of_a_refused_file_shows_the_file_and_why(archivist):
    refused = an_accession_source(Source("page.txt", b"Search results"), state="refused", reason="This is a list.")
    page = archivist.get(reverse("admin:archive_accessionsource_change", args=[refused.pk])).content.decode()

    assert "Search results" in page
    assert "Nothing was understood of this file. This is a list." in page


@pytest.mark.django_db
def test_page_of_a_file_in_a_wrong_encoding_says_so(archivist):
    refused = an_accession_source(Source("latin.txt", "Zürich".encode("latin-1")), state="refused")

    page = archivist.get(reverse("admin:archive_accessionsource_change", args=[refused.pk])).content.decode()

    assert "is not UTF-8" in page


@pytest.mark.django_db
def test_long_source_is_cut_off_and_says_so(archivist, monkeypatch):
    monkeypatch.setattr("archive.admin.marks.SHOWN", 20)
    monkeypatch.setattr("archive.admin.items.SHOWN", 20)

    page = page_of(archivist, an_item())

    assert f"{len(TEXT) - 20} more characters are not shown" in page
    assert "and more" not in re.search(r'<div class="fonds-source"[^>]*>(.*?)</div>', page, re.DOTALL)[1]
