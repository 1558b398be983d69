"""Answers of a repository: a page of records, or one of the small answers about itself.

XML is read by ``archive.readers.xml_safety`` alone. A page that is not well-formed is mended where that can be done
without guessing (``harvest.client.mending``), and what was done is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from archive.readers import BrokenSource, HostileSource, Source, SourceRefused, WrongEncoding
from archive.readers.xml_safety import iterparse, root_of
from harvest.client.failures import NotOai, Refused
from harvest.client.mending import Mended, mended, separated
from harvest.client.records import Record, oai, record_of

ROOT = oai("OAI-PMH")
_PARTS = tuple(map(oai, ("responseDate", "error", "resumptionToken", "record")))
_LISTS = frozenset({oai("ListRecords"), oai("GetRecord")})


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong with a page, or with one record on it, and did not end the harvest."""

    message: str
    identifier: str = ""


@dataclass(slots=True)
class Page:
    """One page of a list. ``token`` is empty on the last; ``list_size`` is None where the repository tells none."""

    response_date: str = ""
    records: list[Record] = field(default_factory=list)
    token: str = ""
    list_size: int | None = None
    problems: list[Problem] = field(default_factory=list)


def page_of(content: bytes, *, name: str) -> Page:
    """The page that an answer to ListRecords is; ``name`` is what it is called in messages.

    :raises Refused: the answer is an error of the protocol.
    :raises NotOai: it is no OAI-PMH, or cannot be mended.
    """
    _expect_oai(content, name)
    try:
        return _read(content, name)
    except HostileSource as refusal:
        raise NotOai(str(refusal)) from None
    except (BrokenSource, WrongEncoding) as refusal:
        return _read_mended(content, name, refusal)


def _read_mended(content: bytes, name: str, refusal: SourceRefused) -> Page:
    """The page without the characters that XML cannot carry; else record by record."""
    cured = mended(content)
    try:
        page = _read(cured.content, name)
    except SourceRefused:
        return _read_separately(cured, name, refusal)
    page.problems[:0] = _told(cured)
    return page


def _told(cured: Mended) -> list[Problem]:
    told = f"The answer is not valid XML; {cured.told}, and the rest is as it came."
    return [Problem(told)] + [Problem("Of this record a part was taken out.", each) for each in cured.identifiers]


def _read_separately(cured: Mended, name: str, refusal: SourceRefused) -> Page:
    """Each record of a page for itself, so that a broken one takes no other with it."""
    whole = separated(cured.content)
    if whole is None:
        raise NotOai(f"{refusal} No single records can be told apart in it.")
    try:
        page = _read(whole.without_records, name)
    except SourceRefused:
        raise NotOai(str(refusal)) from None
    for number, record in enumerate(whole.records, start=1):
        try:
            page.records += _read(record.content, name).records
        except SourceRefused as broken:
            page.problems.append(Problem(f"Record {number} of the page is left out: {broken}", record.identifier))
    page.problems[:0] = _told(cured) if cured.changed else []
    return page


def _read(content: bytes, name: str) -> Page:
    page = Page()
    parts = iterparse(Source(name, content), *_PARTS)
    for _, element in parts:
        parent = element.getparent()
        if parent is None:
            continue
        if element.tag == oai("responseDate"):
            page.response_date = (element.text or "").strip()[:20]
        elif element.tag == oai("error"):
            raise Refused(element.get("code", "")[:50], " ".join((element.text or "").split())[:1000])
        elif element.tag == oai("resumptionToken") and parent.tag in _LISTS:
            page.token = (element.text or "").strip()
            page.list_size = _number(element.get("completeListSize", ""))
        elif element.tag == oai("record") and parent.tag in _LISTS:
            page.records.append(record_of(element))
            parts.release(element)
    return page


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def tree_of(content: bytes, *, name: str) -> etree._Element:
    """A small answer as a whole: to Identify, ListSets, ListMetadataFormats.

    :raises Refused: the answer is an error of the protocol.
    :raises NotOai: it is no OAI-PMH.
    """
    _expect_oai(content, name)
    try:
        tree = _whole(content, name)
    except SourceRefused as refusal:
        try:
            tree = _whole(mended(content).content, name)
        except SourceRefused:
            raise NotOai(str(refusal)) from None
    for error in tree.iterchildren(oai("error")):
        raise Refused(error.get("code", "")[:50], " ".join((error.text or "").split())[:1000])
    return tree


def _whole(content: bytes, name: str) -> etree._Element:
    *_, (_, root) = iterparse(Source(name, content), ROOT)
    return root


def _expect_oai(content: bytes, name: str) -> None:
    root = root_of(Source(name, content))
    if root != ROOT:
        found = f"begins with <{root}>" if root else "is no XML"
        raise NotOai(f"{name} {found}, and no answer of OAI-PMH 2.0. Is it the base URL of a repository?")
