"""Spreadsheets in OpenDocument (ISO/IEC 26300), row by row through lxml.

The libraries for this format hold a whole sheet in memory, one of them every cell of its claimed size, of which a
sheet of two cells can have seventeen thousand million. So rows are taken from the XML as they come.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import repeat

from lxml import etree

from archive.readers.refused import BrokenSource, HostileSource
from archive.readers.source import Source
from archive.readers.tables.cells import BLANK_ROWS, COLUMN_LIMIT, UNCOMPUTED, Row, Sheet, until_blank
from archive.readers.tables.packages import damages, package, refuse_hostile
from archive.readers.tables.xlsx import number

MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
CONTENT = "content.xml"
#: A row with words in it that is written once and meant this many times is no honest one.
_REPEATED_ROWS = 1_000

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SHEET, _ROW, _ANNOTATION = f"{_TABLE}table", f"{_TABLE}table-row", f"{_OFFICE}annotation"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_BLANKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}


def is_spreadsheet(source: Source) -> bool:
    """Whether a ZIP file names itself one: its first part is its media type, not compressed (part 2, section 3.3)."""
    return MEDIA_TYPE in source.head(200)


def sheets_of(source: Source) -> Iterator[Sheet]:
    """The sheets of a spreadsheet, to be gone through in order.

    :raises BrokenSource: where it is damaged.
    :raises HostileSource: where it could not be read in bounded memory.
    """
    with package(source) as archive:
        if CONTENT not in archive.namelist():
            raise BrokenSource(f"{source.name} is a damaged spreadsheet: it has no {CONTENT}.")
        refuse_hostile(source, archive, iter([CONTENT]))
        yield from _sheets(source, archive)


def _sheets(source: Source, archive: zipfile.ZipFile) -> Iterator[Sheet]:
    with archive.open(CONTENT) as file:
        events = etree.iterparse(
            file, events=("start", "end"), tag=(_SHEET, _ROW), resolve_entities=False, no_network=True, load_dtd=False
        )
        for event, element in events:
            if event == "start" and element.tag == _SHEET:
                name = element.get(f"{_TABLE}name", "")
                rows = _guarded(source, _rows(source, name, events))
                yield Sheet(name, until_blank(rows))
                for _ in rows:  # what nobody asked for, up to where the next sheet begins
                    pass


def _guarded(source: Source, rows: Iterator[Row]) -> Iterator[Row]:
    with damages(source):
        yield from rows


def _rows(source: Source, sheet: str, events: etree.iterparse) -> Iterator[Row]:
    following = 1
    for event, element in events:
        if event == "start":
            continue
        if element.tag == _SHEET:
            _forget(element)
            return
        times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
        row = _row(source, sheet, following, element)
        if row.blank:
            yield from (Row(following + each, ()) for each in range(min(times, BLANK_ROWS)))
        elif times > _REPEATED_ROWS:
            raise HostileSource(f"{source.name}: row {following} of {sheet} is to be repeated {times:,} times.")
        else:
            yield from (Row(following + each, row.cells, row.fault, row.doubts) for each in range(times))
        following += times
        _forget(element)


def _forget(element: etree._Element) -> None:
    """Free what has been read; else the whole sheet would stay in memory."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]  # type: ignore[union-attr] # what has a sibling has a parent


def _row(source: Source, sheet: str, following: int, element: etree._Element) -> Row:
    words: list[str] = []
    waiting, fault = 0, ""
    for cell in element.iterchildren(*_CELLS):
        times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        said = _words(cell)
        if cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type") and not said:
            fault = UNCOMPUTED
        if not said:
            waiting += times
            continue
        if len(words) + waiting + times > COLUMN_LIMIT:
            raise HostileSource(
                f"{source.name}: row {following} of {sheet} has a cell beyond the last column that is read, "
                f"the {COLUMN_LIMIT:,}th."
            )
        words.extend(repeat("", waiting))
        words.extend(repeat(said, times))
        waiting = 0
    return Row(following, tuple(words), fault)


def _words(cell: etree._Element) -> str:
    """A cell's value by its type (part 3, section 19.385); what it shows where that is text."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    shown = "\n".join(_shown(each) for each in cell.iterchildren(f"{_TEXT}p"))
    if kind == "date":
        return (cell.get(f"{_OFFICE}date-value") or shown).removesuffix("T00:00:00")
    if kind in ("float", "currency", "percentage"):
        value = cell.get(f"{_OFFICE}value")
        return shown if value is None or _same_code(shown, value) else number(float(value))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value", shown).upper()
    return cell.get(f"{_OFFICE}string-value") or shown


def _same_code(shown: str, value: str) -> bool:
    """Whether a number is shown with leading zeros, as the codes of archives are."""
    return shown.isascii() and shown.isdecimal() and len(shown) < 20 and float(shown) == float(value)


def _shown(paragraph: etree._Element) -> str:
    words = [paragraph.text or ""]
    for each in paragraph:
        if each.tag == f"{_TEXT}s":
            words.append(" " * min(int(each.get(f"{_TEXT}c", "1")), 1000))
        elif each.tag in _BLANKS:
            words.append(_BLANKS[each.tag])
        elif isinstance(each.tag, str) and each.tag != _ANNOTATION:
            words.append(_shown(each))
        words.append(each.tail or "")
    return "".join(words)
