"""Dates of units: what the finding aid gives in a form for programs, else what its words say; EDTF either way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from archive.drafts import DocumentDate, Field, Notice, Statement, Value
from archive.readers.ead3.words import below, children, line, local, verbatim
from archive.vocab import dates

#: ``unitdate`` of EAD3: ``@normal`` is ISO 8601, years may be padded and days have no hyphens.
_BASIC = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_RANGE = re.compile(r"(?P<from>.*?\S)\s*(?:-|–|—|/|\bto\b)\s*(?P<to>\S.*)")
#: Words that stand in a list of dates for what has none.
_UNDATED = frozenset({"undated", "n.d", "s.d", "no date", "без даты"})
_PIECES = re.compile(r"\s*(?:[,;]|\band\b|\bи\b)\s*")
#: Characters beyond which words make no set that the date of a unit could hold.
_LONGEST_LIST = 400
_YEAR = re.compile(r"\b[12][0-9]{3}$")
#: What is inferred of a date that was told from its pieces.
PIECE_BY_PIECE = "read from the words of the date, piece by piece"
_ABOUT = re.compile(r"(?:circa|ca?\.?|about|approximately|около|ок\.)\s+", re.IGNORECASE)
_BULK = "bulk"


def date_fields(element: etree._Element, where: str) -> Iterator[Field[Value] | Notice]:
    """What ``unitdate`` or ``unitdatestructured`` says. The bulk of a unit is a statement, not its date."""
    words, place = line(element), f"{local(element)}, {where}"
    edtf, inferred = _edtf(element, words)
    shown = _ranges_shown(element) or words or edtf
    if not shown:
        return
    if element.get("unitdatetype") == _BULK:
        yield Field(Statement("temporal", shown if "bulk" in shown.casefold() else f"bulk {shown}"), words, None, place)
    elif edtf:
        yield Field(DocumentDate(edtf), shown, None, place, inferred)
    else:
        yield Field(Statement("date", shown), verbatim(element), None, place)


def _edtf(element: etree._Element, words: str) -> tuple[str, str]:
    """The date in EDTF, empty if it cannot be told, and what of it was inferred."""
    if normal := element.get("normal"):
        return _checked(_from_iso(normal)), ""
    if local(element) == "unitdatestructured":
        return _checked(_from_structure(element)), ""
    return _from_words(words.strip(" ,.;()"))


def _from_iso(normal: str) -> str:
    """ISO 8601 as EAD writes it, in EDTF: a slash parts a range."""
    return "/".join(_BASIC.sub(r"\g<year>-\g<month>-\g<day>", part.strip()) for part in normal.split("/"))


def _from_structure(element: etree._Element) -> str:
    """``datesingle``, ``daterange`` or ``dateset`` (which becomes a set, or its only member)."""
    found = [each for each in (_single_or_range(child) for child in _dates_in(element)) if each]
    if len(found) <= 1:
        return found[0] if found else ""
    return "{" + ", ".join(each.replace("/", "..") for each in found) + "}"


def _dates_in(element: etree._Element) -> Iterator[etree._Element]:
    for child in children(element):
        if local(child) == "dateset":
            yield from _dates_in(child)
        else:
            yield child


def _single_or_range(element: etree._Element) -> str:
    if local(element) == "datesingle":
        return _standard(element)
    if local(element) != "daterange":
        return ""
    start, end = (next((_standard(each) for each in children(element, name)), "") for name in ("fromdate", "todate"))
    return f"{start or '..'}/{end or '..'}" if start or end else ""


def _standard(element: etree._Element) -> str:
    """One date: by ``@standarddate``, else between ``@notbefore`` and ``@notafter``, else by its words."""
    if standard := element.get("standarddate"):
        return _from_iso(standard)
    before, after = element.get("notbefore", ""), element.get("notafter", "")
    if before or after:
        return f"[{_from_iso(before)}..{_from_iso(after)}]"
    reading = dates.read(line(element))
    return reading.edtf if reading else ""


def _ranges_shown(element: etree._Element) -> str:
    """The words of ranges with a dash between their ends, which the elements stand for."""
    shown = [
        "–".join(filter(None, (line(each) for each in children(found, "fromdate", "todate"))))
        if local(found) == "daterange"
        else line(found)
        for found in below(element, "daterange", "datesingle")
    ]
    return ", ".join(filter(None, shown))


def _from_words(words: str) -> tuple[str, str]:
    about = _ABOUT.match(words)
    bare = words[about.end() :] if about else words
    reading = dates.read(bare)
    if reading is None and (parted := _RANGE.fullmatch(bare)):
        start, end = dates.read(parted["from"].strip(" ,.")), dates.read(parted["to"].strip(" ,."))
        if start and end and start.edtf and end.edtf and not (start.inferred or end.inferred):
            return _checked(f"{start.edtf}/{end.edtf}"), "read from the words of the date"
    if reading is None or not reading.edtf:
        edtf = _from_pieces(words) if reading is None else ""
        return edtf, PIECE_BY_PIECE if edtf else ""
    edtf = f"{reading.edtf}~" if about else reading.edtf
    return edtf, "; ".join(filter(None, ("read from the words of the date", reading.inferred)))


def _from_pieces(words: str) -> str:
    """Dates and ranges one after the other ("undated and 1927-1928, 1944"), as a set; empty if one cannot be told."""
    if len(words) > _LONGEST_LIST:
        return ""
    pieces = (piece.strip(" .") for piece in _PIECES.split(words))
    told = list(dict.fromkeys(_piece(piece) for piece in pieces if piece.casefold() not in _UNDATED))
    if not all(told):
        return ""
    return _checked("{" + ", ".join(each.replace("/", "..") for each in told) + "}" if len(told) > 1 else "".join(told))


def _piece(words: str) -> str:
    """A date or a range, whose beginning may leave its year to its end ("August - December 1918")."""
    parted = _RANGE.fullmatch(words)
    if parted is None:
        return _point(words)
    start, end = parted["from"].strip(" ,."), parted["to"].strip(" ,.")
    year = _YEAR.search(end)
    first = _point(start) or (_point(f"{start} {year[0]}") if year else "")
    last = _point(end)
    return f"{first}/{last}" if first and last else ""


def _point(words: str) -> str:
    """One date, or about one."""
    about = _ABOUT.match(words)
    reading = dates.read(words[about.end() :] if about else words)
    if reading is None or reading.inferred or not reading.edtf:
        return ""
    return f"{reading.edtf}~" if about else reading.edtf


def _checked(edtf: str) -> str:
    """The date, or nothing where it is none."""
    try:
        dates.bounds(edtf)
    except (ValueError, OverflowError):
        return ""
    return edtf
