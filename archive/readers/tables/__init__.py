"""Reads tables, one document a row: CSV and TSV, Excel workbooks (XLSX), OpenDocument spreadsheets (ODS).

Each row below the headings of a sheet gives exactly one part, a draft or its refusal, in the order of the file: the
file of refused rows finds them again by that. A sheet without a known heading gives one refused part.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from archive.drafts import Draft, RefusedPart
from archive.readers.source import Source
from archive.readers.tables import delimited, ods, xlsx
from archive.readers.tables.headings import columns_of
from archive.readers.tables.mapping import ColumnMapping
from archive.readers.tables.packages import ZIP, holds
from archive.readers.tables.parts import part_of, system_of
from archive.readers.tables.places import places

__all__ = ["ColumnMapping", "Table"]

#: How files of text call themselves when they are tables.
SUFFIXES = (".csv", ".tsv", ".tab")
#: Of a file that does not, so many columns must have a known heading, and the first row its width.
_HEADINGS_TOLD = 3


class Table:
    """Tables of every format; see the module."""

    name = "table"
    version = "1"

    def recognises(self, source: Source) -> bool:
        """Whether it is a spreadsheet by its parts, or text in columns by its name or its headings."""
        if source.head(4) == ZIP:
            return ods.is_spreadsheet(source) or holds(source, xlsx.WORKBOOK)
        head = delimited.head_of(source)
        if not head.strip() or head.lstrip("\ufeff \t\r\n").startswith("<"):
            return source.name.lower().endswith(SUFFIXES) and not head.strip()
        return source.name.lower().endswith(SUFFIXES) or _headed(head, source.mapping or ColumnMapping())

    def read(self, source: Source) -> Iterator[Draft | RefusedPart]:
        """The rows of every sheet.

        :raises SourceRefused: where the file cannot be read as a table, or has no column that means anything.
        """
        known: dict[bytes, str] = {}
        system = system_of(source)
        for place in places(source):
            yield part_of(source, place, system, known)


def _headed(head: str, mapping: ColumnMapping) -> bool:
    line = head.lstrip("\r\n").partition("\n")[0]
    if '"' not in line and all(line.count(each) < _HEADINGS_TOLD - 1 for each in delimited.DELIMITERS):
        return False  # most texts that are no table have too few cells in their first line
    delimiter = delimited.delimiter_of(head)
    if not delimiter:
        return False
    try:
        rows = [row for row in csv.reader(head.splitlines(keepends=True), delimiter=delimiter) if row]
    except csv.Error:
        return False
    known = sum(bool(column.field) for column in columns_of(rows[0], mapping))
    return known >= _HEADINGS_TOLD and known * 2 > len(rows[0]) and len(rows) > 1 and len(rows[1]) == len(rows[0])
