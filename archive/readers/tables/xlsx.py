"""Workbooks in Office Open XML (ECMA-376), row by row through openpyxl.

openpyxl reads without ever holding a sheet, and knows which numbers are dates. Formulas are never computed: a cell
has the value that the spreadsheet program left in it. Addresses in a workbook are never followed.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from archive.readers.source import Source
from archive.readers.tables.cells import UNCOMPUTED, Row, Sheet, until_blank
from archive.readers.tables.packages import chunks, damages, is_xml, package, refuse_hostile

#: The part that every workbook of the kind has.
WORKBOOK = "xl/workbook.xml"
_FORMULA = re.compile(rb"<(?:\w{1,9}:)?f[ />]")
#: A number shown with leading zeros, as the codes of archives are.
_LEADING_ZEROS = re.compile(r"0{2,20}")
_CELL_ERROR = "e"


def sheets_of(source: Source) -> Iterator[Sheet]:
    """The sheets of a workbook, to be gone through in order.

    :raises BrokenSource: where it is damaged.
    :raises HostileSource: where it could not be read in bounded memory.
    """
    with package(source) as archive, source.open() as file, damages(source):
        refuse_hostile(source, archive, (each for each in archive.namelist() if is_xml(archive, each)))
        values = _workbook(file, values=True)
        formulas = _workbook(file, values=False) if _has_formulas(archive) else None
        for sheet in values.worksheets:
            sheet.reset_dimensions()
            if formulas:
                formulas[sheet.title].reset_dimensions()
            yield Sheet(sheet.title, until_blank(_rows(source, sheet, formulas[sheet.title] if formulas else None)))


def _workbook(file: BinaryIO, *, values: bool) -> Any:
    # Here, because importing it takes a third of a second, and few processes ever see a workbook.
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and validations, which tell nothing of the words
        return openpyxl.load_workbook(file, read_only=True, data_only=values, keep_links=False)


def _has_formulas(archive: zipfile.ZipFile) -> bool:
    parts = (each for each in archive.namelist() if each.startswith("xl/worksheets/"))
    return any(_FORMULA.search(chunk) for part in parts for chunk in chunks(archive, part))


def _rows(source: Source, sheet: Any, formulas: Any) -> Iterator[Row]:
    with damages(source):
        beside = formulas.iter_rows(values_only=True) if formulas else iter(())
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            yield _row(number, cells, next(beside, ()))


def _row(number: int, cells: Any, formulas: tuple[Any, ...]) -> Row:
    """A row; ``formulas`` has what stands in its cells where these are computed."""
    words = [_words(cell) for cell in cells]
    computed = [bool(formulas[column : column + 1] and formulas[column] is not None) for column in range(len(words))]
    fault = UNCOMPUTED if any(there and not said for there, said in zip(computed, words, strict=True)) else ""
    while words and not words[-1]:
        words.pop()
    errors = (
        f"Cell {cell.coordinate} holds the error {said}."
        for cell, said in zip(cells, words, strict=False)
        if said and cell.data_type == _CELL_ERROR
    )
    return Row(number, tuple(words), fault, tuple(errors))


def _words(cell: Any) -> str:
    """A cell's value as one would write it: dates in ISO 8601, whole numbers without a point."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (datetime, date, time, timedelta)):
        return moment(value)
    if isinstance(value, (int, float)):
        return number(value, shown_as=cell.number_format or "")
    return str(value)


def moment(value: datetime | date | time | timedelta) -> str:
    """A date or a time as ISO 8601 writes it, no finer than it is."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (datetime, time)):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    return str(value)


def number(value: float, *, shown_as: str = "") -> str:
    """A number as one would write it, with the leading zeros that its format shows."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int) and _LEADING_ZEROS.fullmatch(shown_as):
        return str(value).zfill(len(shown_as))
    return repr(value)
