"""Dates of TEI (att.datable, att.datable.iso) as EDTF.

An attribute wins over the words beside it, for an editor wrote it to be read by programs. ``@notBefore`` and
``@notAfter`` bound a day that nobody knows; EDTF at level 1 writes that like a span of time, and ``inferred`` says
which of the two is meant. Times of day and their zones stay in the words and in the stamp of a telegram.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from archive.drafts import DocumentDate, Event, Field, Notice
from archive.readers.tei.markup import attributes, content, local, locator, said, tei, words
from archive.vocab import dates
from archive.vocab.edtf import bounds

DATE, DATELINE = tei("date"), tei("dateline")
_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?(?=$|T)")
_CLOCK = re.compile(r"T(?P<time>[0-9]{2}:[0-9]{2})")
_DOUBT = {"low": "?", "medium": "?", "unknown": "?"}
#: No date is as long; what is, is kept in the text.
_LONGEST = 200
_BETWEEN = "a day between the two (notBefore, notAfter)"


@dataclass(frozen=True, slots=True)
class Dated:
    """What an element says of a date; ``edtf`` is empty where ``doubt`` says why it cannot be."""

    edtf: str
    inferred: str = ""
    doubt: str = ""


def dated(element: etree._Element) -> Dated | None:
    """The date that an element gives by its attributes, else by its words; None if it gives none."""
    return _by_attributes(element) or _by_words(element)


def dates_of(elements: Iterator[etree._Element]) -> tuple[Field[DocumentDate] | None, tuple[Notice, ...]]:
    """The first of the elements that gives a date, and a notice on each before it that tried to."""
    notices: list[Notice] = []
    for element in elements:
        found = dated(element)
        if found is not None and found.edtf:
            verbatim = words(element)[:_LONGEST]
            return said(DocumentDate(found.edtf), element, verbatim=verbatim, inferred=found.inferred), tuple(notices)
        if found is not None:
            notices.append(Notice(f"{found.doubt} ({locator(element)})."))
    return None, tuple(notices)


def moment(element: etree._Element, *, place: str = "") -> Field[Event] | None:
    """The stamp of a telegram: the day and the time at which it was sent; None where no time is told."""
    when = element.get("when", "")
    day, clock = _DAY.match(when), _CLOCK.search(when)
    if day is None or clock is None or not _possible(f"{day[0]}T{clock['time']}"):
        return None
    return said(Event("sent", f"{day[0]}T{clock['time']}", place[:_LONGEST]), element)


def received(header: etree._Element | None) -> Iterator[Field[Event]]:
    """When a letter arrived, where the edition tells another day than that of its sending (``correspDesc``)."""
    actions = () if header is None else tuple(header.iter(tei("correspAction")))
    sent, arrived = (
        [each for action in actions if action.get("type") == kind for each in action.iterchildren(DATE)]
        for kind in ("sent", "received")
    )
    days = {found.edtf for each in sent if (found := dated(each))}
    for element in arrived:
        found = dated(element)
        if found is not None and found.edtf and found.edtf not in days:
            yield said(Event("received", found.edtf), element, inferred=found.inferred)


def span_of(element: etree._Element) -> Field[DocumentDate] | None:
    """The date that the Office of the Historian gives a document in ``frus:doc-dateTime-min`` and ``-max``."""
    bound = {name.rpartition("}")[2]: value for name, value in attributes(element).items() if "doc-dateTime" in name}
    first, last = _day(bound.get("doc-dateTime-min")), _day(bound.get("doc-dateTime-max"))
    edtf = first if first == last else f"{first}/{last}"
    if not first or not last or not _possible(edtf):
        return None
    return said(DocumentDate(edtf), element, verbatim="", inferred="from frus:doc-dateTime-min and -max")


def _by_attributes(element: etree._Element) -> Dated | None:
    given = {name.removesuffix("-iso"): value for name, value in attributes(element).items() if _is_datable(name)}
    if not given:
        return None
    edtf, inferred = _edtf(given, _qualifier(element))
    if edtf and _possible(edtf):
        return Dated(edtf, inferred)
    said_so = ", ".join(f"{name}=“{value}”" for name, value in given.items())
    return _by_words(element) or Dated("", doubt=f"The date {said_so} is none that a calendar has; it is left out")


def _is_datable(name: str) -> bool:
    return name.removesuffix("-iso") in ("when", "from", "to", "notBefore", "notAfter")


def _edtf(given: dict[str, str], qualifier: str) -> tuple[str, str]:
    day = {name: f"{found}{qualifier}" if (found := _day(value)) else "" for name, value in given.items()}
    if any(not each for each in day.values()):
        return "", ""
    if "when" in day:
        return day["when"], ""
    inferred = _BETWEEN if "notBefore" in day or "notAfter" in day else ""
    first, last = day.get("from") or day.get("notBefore"), day.get("to") or day.get("notAfter")
    return (first or "" if first == last else f"{first or '..'}/{last or '..'}"), inferred


def _day(value: str | None) -> str:
    found = _DAY.match((value or "").strip())
    return found[0] if found else ""


def _qualifier(element: etree._Element) -> str:
    """``?`` for a guess, ``~`` for a date about which the editor is not exact."""
    if element.get("precision") == "low":
        return "~"
    if element.get("evidence") == "conjecture" or "?" in content(element):
        return "?"
    return _DOUBT.get(element.get("cert", ""), "")


def _by_words(element: etree._Element) -> Dated | None:
    text = words(element).strip(" .,[]")
    if not text or len(text) > _LONGEST:
        return None
    reading = dates.read(text) or (dates.read_moment(text) if local(element) == "date" else None)
    if reading is None:
        return None
    return Dated(reading.edtf.partition("T")[0], reading.inferred, reading.doubt)


@lru_cache(maxsize=4096)
def _possible(edtf: str) -> bool:
    try:
        bounds(edtf)
    except ValueError:
        return False
    return True
