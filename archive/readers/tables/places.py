"""Places: the rows of a file that give a part each, whatever format it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.readers.refused import BrokenSource, EmptySource
from archive.readers.source import Source
from archive.readers.tables import delimited, ods, refused_rows, xlsx
from archive.readers.tables.cells import COLUMN_LIMIT, Row, Sheet
from archive.readers.tables.headings import Column, columns_of, mean_something
from archive.readers.tables.mapping import ColumnMapping
from archive.readers.tables.packages import ZIP


@dataclass(frozen=True, slots=True)
class Place:
    """One row with the table that it stands in; ``row`` is None for a sheet that is no table of documents."""

    sheet: Sheet
    columns: tuple[Column, ...]
    row: Row | None
    doubts: tuple[str, ...] = ()


def places(source: Source) -> Iterator[Place]:
    """Every row that gives a part, in the order of the parts.

    :raises SourceRefused: as ``Table.read``.
    """
    mapping = source.mapping or ColumnMapping()
    told = False
    for sheet in sheets_of(source):
        head = next((row for row in sheet.rows if not row.blank), None)
        if head is None:
            continue
        if refused_rows.is_one(head):
            sheet = Sheet(sheet.name, map(refused_rows.as_they_were, sheet.rows))
            head = refused_rows.as_they_were(head)
        columns = columns_of(head.cells, mapping)
        if len(columns) > COLUMN_LIMIT:
            raise BrokenSource(f"{source.name}: {sheet.place(head.number)} has more than {COLUMN_LIMIT:,} columns.")
        if not mean_something(columns):
            if not sheet.name:
                raise _no_headings(source, columns)
            yield Place(sheet, columns, None)
            continue
        told = True
        yield from _filled(sheet, columns, head.number)
    if not told and (source.head(4) == ZIP):
        raise EmptySource(f"{source.name} has no sheet with a row of headings that mean anything here.")


def sheets_of(source: Source) -> Iterator[Sheet]:
    """The tables of a file, to be gone through in order."""
    if source.head(4) != ZIP:
        return iter([Sheet("", delimited.rows_of(source))])
    return ods.sheets_of(source) if ods.is_spreadsheet(source) else xlsx.sheets_of(source)


def _no_headings(source: Source, columns: tuple[Column, ...]) -> BrokenSource:
    said = ", ".join(f"“{column.heading[:40]}”" for column in columns[:8])
    return BrokenSource(
        f"{source.name} is a table, and none of its headings means anything here: {said}. Name the columns Title, "
        "Date, Transcript and so on, or hand the file in with a mapping."
    )


def _filled(sheet: Sheet, columns: tuple[Column, ...], number: int) -> Iterator[Place]:
    """The rows with anything in them; each tells of the blank ones right above it."""
    for row in sheet.rows:
        if row.blank:
            continue
        blank = row.number - number - 1
        doubts = (
            f"The {'row' if blank == 1 else f'{blank} rows'} above this one {'is' if blank == 1 else 'are'} blank.",
        )
        yield Place(sheet, columns, row, doubts if blank else ())
        number = row.number
