"""Parts: the draft of a row, or its refusal."""

from __future__ import annotations

import csv
import hashlib
from io import StringIO
from itertools import chain
from pathlib import PurePosixPath

from archive.drafts import Draft, Field, Identity, Notice, RecordId, RefusedPart, SourceUrl, Value
from archive.readers.source import Source
from archive.readers.tables import fields
from archive.readers.tables.cells import Row
from archive.readers.tables.headings import Column
from archive.readers.tables.mapping import ColumnMapping
from archive.readers.tables.places import Place
from archive.readers.tables.records import Cell, Record, RowRefused
from archive.vocab.characters import ILLEGAL, legal


def system_of(source: Source) -> str:
    """The system that the record ids are from: as the mapping says, else the file's name up to its first dot.

    So the file of the refused rows of ``telegrams.csv``, which is called ``telegrams.refused.csv``, brings in the same
    documents.
    """
    mapping = source.mapping or ColumnMapping()
    return mapping.system or PurePosixPath(source.name).name.partition(".")[0]


def part_of(source: Source, place: Place, system: str, known: dict[bytes, str]) -> Draft | RefusedPart:
    """What a row gives. ``known`` holds the identities of the file so far, and where each stands; it is added to."""
    if place.row is None:
        headings = ", ".join(f"“{column.heading[:40]}”" for column in place.columns[:8])
        reason = f"{source.name}, sheet {place.sheet.name}: none of its headings means anything here: {headings}."
        return RefusedPart(f"sheet {place.sheet.name}", reason, place.sheet.name)
    called = place.sheet.place(place.row.number)
    try:
        return _draft(source, place, place.row, system, known)
    except RowRefused as refusal:
        told = str(refusal) if refusal.placed else f"{called}: {refusal}"
        return RefusedPart(called, f"{source.name}, {told}", called, as_line(place.row.cells))


def as_line(cells: tuple[str, ...]) -> str:
    """A row as CSV writes it."""
    line = StringIO(newline="")
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _draft(source: Source, place: Place, row: Row, system: str, known: dict[bytes, str]) -> Draft:
    if row.fault:
        raise RowRefused(f"{row.fault}.")
    _refuse_overlong(place.columns, row)
    mapping = source.mapping or ColumnMapping()
    cells, notices = _cells(place, row, mapping)
    found = tuple(chain.from_iterable(read(Record(source, mapping, cells)) for read in fields.ALL))
    told = tuple(each for each in found if isinstance(each, Field))
    identity = _identity(told, cells, system)
    _refuse_known(identity, place.sheet.place(row.number), known)
    return Draft(identity, told, notices=(*notices, *(each for each in found if isinstance(each, Notice))))


def _refuse_overlong(columns: tuple[Column, ...], row: Row) -> None:
    beyond = [cell for cell in row.cells[len(columns) :] if cell.strip()]
    if beyond:
        raise RowRefused(
            f"there are {len(row.cells)} cells and only {len(columns)} headings; “{beyond[0][:80]}” has none. Is "
            "a cell with a delimiter in it not in quotation marks?"
        )


def _refuse_known(identity: Identity, place: str, known: dict[bytes, str]) -> None:
    """Refuse a row that would overwrite another of the same file. Only digests are kept, for there may be a million."""
    digest = hashlib.blake2b(str(identity).encode(errors="surrogatepass"), digest_size=12).digest()
    if digest in known:
        what = "says the same" if identity.scheme == "sha256" else f"has the same identity, {identity.value},"
        raise RowRefused(
            f"{known[digest]} {what} already. Give each row a record id of its own, or take one of them out."
        )
    known[digest] = place


def _cells(place: Place, row: Row, mapping: ColumnMapping) -> tuple[tuple[Cell, ...], tuple[Notice, ...]]:
    cells, notices = [], [Notice(f"{doubt}.".replace("..", ".")) for doubt in (*place.doubts, *row.doubts)]
    for column, words in zip(place.columns, row.cells, strict=False):
        if not words.strip() or column.field == "ignore":
            continue
        locator = place.sheet.locator(row.number, column.index, column.heading)
        cell = Cell(legal(words).strip(), column, locator, column.language or mapping.language)
        if ILLEGAL.search(words):
            notices.append(cell.doubted("control characters, which cannot be published, are left out."))
        if column.doubt:
            notices.append(cell.doubted(f"of its heading, {column.doubt}."))
        cells.append(cell)
    return tuple(cells), tuple(notices)


def _identity(told: tuple[Field[Value], ...], cells: tuple[Cell, ...], system: str) -> Identity:
    """The record id, else the address, else the checksum of the row's words with their headings."""
    for each in told:
        if isinstance(each.value, RecordId):
            return Identity("record", f"{system}/{each.value.value}")
    for each in told:
        if isinstance(each.value, SourceUrl):
            return Identity("url", each.value.url)
    words = "\x1f".join(f"{cell.column.heading}\x1e{cell.words}" for cell in cells)
    return Identity("sha256", hashlib.sha256(words.encode(errors="surrogatepass")).hexdigest())
