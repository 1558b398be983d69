"""The columns of the index, and how an entry becomes a row of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache

from tantivy import Document, Schema, SchemaBuilder

from archive.search.entries import Entry
from archive.search.index.pairs import paired
from archive.search.passages import COLUMNS
from archive.search.words import terms

#: Of what the index looks like. An index of another version is not read, and built anew.
VERSION = 4
#: Columns so long that pairs of common words are kept of them (archive.search.index.pairs).
PAIRED = frozenset(["text"])
#: Columns of codes; results can be counted by each.
CODES = (
    *("identifier", "number", "fond", "opis", "delo", "papka", "unit", "in_fond", "collection"),
    *("sent_by", "sent_to", "mentioned"),
    *("person", "place", "topic", "type", "language", "spoken", "original", "has"),
)
#: Days for dates that are open: before and after all others.
OPEN_FIRST, OPEN_LAST = 0, 10_000_000
#: Bits for the primary key in a column by which results are put in order, so that no two are equal.
KEY_BITS = 32
#: What stands in place of a date that is not known: after all others.
UNDATED = OPEN_LAST + 1


@cache
def schema() -> Schema:
    """The columns: words with their places, codes, and numbers for ranges and orders."""
    builder = SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    for column in COLUMNS:
        builder.add_text_field(column, tokenizer_name="whitespace", index_option="position")
        builder.add_text_field(forms_of(column), tokenizer_name="whitespace", index_option="freq")
        if column in PAIRED:
            builder.add_text_field(pairs_of(column), tokenizer_name="whitespace", index_option="freq")
    for column in CODES:
        builder.add_text_field(column, tokenizer_name="raw", index_option="basic", fast=True)
    for column in ("earliest", "latest", "year", "month", "by_date", "by_publication"):
        builder.add_unsigned_field(column, indexed=True, fast=True)
    return builder.build()


def forms_of(column: str) -> str:
    """The column of the further forms of words; only of words themselves the places are kept, for phrases."""
    return f"{column}_forms"


def pairs_of(column: str) -> str:
    """The column of the pairs of common words that stand beside each other."""
    return f"{column}_pairs"


def row(entry: Entry, common: frozenset[str]) -> Document:
    """An entry as the index takes it whose common words are these."""
    found = Document()
    found.add_unsigned("id", entry.document_id)
    for passage in entry.passages:
        # Passages of one column are a place apart in the index, so that no phrase runs from one into the next.
        words, forms = terms(passage.text, passage.language)
        found.add_text(passage.field, " ".join(words))
        if forms:
            found.add_text(forms_of(passage.field), " ".join(forms))
        if passage.field in PAIRED:
            found.add_text(pairs_of(passage.field), " ".join(paired(words, common)))
    for column, codes in entry.codes.items():
        for code in codes:
            found.add_text(column, code)
    for column, number in _numbers(entry):
        found.add_unsigned(column, number)
    return found


def _numbers(entry: Entry) -> Iterator[tuple[str, int]]:
    first, last = entry.earliest, entry.latest
    if first or last:
        yield "earliest", day(first) if first else OPEN_FIRST
        yield "latest", day(last) if last else OPEN_LAST
    if first:
        yield "year", first.year
        if last and (last.year, last.month) == (first.year, first.month):
            yield "month", first.year * 12 + first.month - 1
    yield "by_date", in_order(day(first or last), entry.document_id)
    yield "by_publication", in_order(_minute(entry.published_at), entry.document_id)


def day(when: date | None) -> int:
    """Days since the beginning of the calendar."""
    return when.toordinal() if when else UNDATED


def _minute(when: datetime | None) -> int:
    """Minutes since 1970: beside the key there are 32 bits left."""
    return int(when.timestamp()) // 60 if when else 0


def in_order(number: int, document_id: int) -> int:
    """A number that puts documents in order, and of equals the one with the lower key first."""
    return max(number, 0) << KEY_BITS | document_id
