"""What the header of a file says: the edition, who made it, who may use it, in which language.

TEI P5, chapter 2. The same fields go to every document of a volume.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from archive.drafts import Contribution, Field, Number, Rights, SourceUrl, Statement, Subject, Summary, Title
from archive.readers.tei.markup import LANG, said, squeezed, tei, words
from archive.readers.tei.systems import address_of, idnos
from archive.readers.tei.volume import Volume

_TITLES = "/".join(map(tei, ("fileDesc", "titleStmt", "title")))
_EDITORS = "/".join(map(tei, ("fileDesc", "titleStmt", "editor")))
_AUTHORS = "/".join(map(tei, ("fileDesc", "titleStmt", "author")))
_AVAILABILITY = "/".join(map(tei, ("fileDesc", "publicationStmt", "availability")))
_LANGUAGES = "/".join(map(tei, ("profileDesc", "langUsage", "language")))
_ABSTRACT = "/".join(map(tei, ("profileDesc", "abstract")))
_TERMS = "/".join(map(tei, ("profileDesc", "textClass", "keywords", "term")))
#: Titles that are made for programs, or name the series.
_NO_TITLE = frozenset({"iso-date", "series", "subseries", "volumenumber", "volume"})
_NUMBERS = {"handle": "handle", "doi": "doi", "ark": "ark"}
_RESOLVERS = ("https://hdl.handle.net/", "http://hdl.handle.net/", "https://doi.org/", "http://dx.doi.org/")


def title_of(header: etree._Element | None) -> etree._Element | None:
    """The title of the whole: that of the letter itself, else the complete one, else the first."""
    titles = () if header is None else tuple(each for each in header.iterfind(_TITLES) if words(each))
    own = (each for each in titles if each.get("level") == "a")
    main = (each for each in titles if each.get("type") in ("complete", "main"))
    others = (each for each in titles if each.get("type") not in _NO_TITLE and each.get("level") != "s")
    return next((found for kind in (own, main, others, iter(titles)) for found in kind), None)


def language_of(header: etree._Element | None) -> etree._Element | None:
    """The language that the header declares, if it declares one only."""
    languages = () if header is None else tuple(header.iterfind(_LANGUAGES))
    return languages[0] if len(languages) == 1 and languages[0].get("ident") else None


def title(volume: Volume) -> Iterator[Field[Title]]:
    """The title of a file that is one document."""
    element = title_of(volume.header)
    if element is not None:
        declared = language_of(volume.header)
        language = element.get(LANG, "") or ("" if declared is None else declared.get("ident", ""))
        yield said(Title(words(element), language), element)


def part_of(volume: Volume) -> Iterator[Field[Statement]]:
    """The volume, as that of which a document is part; for a single letter, the edition that it is from."""
    element = title_of(volume.header) if volume.holds_documents else _series(volume.header)
    if element is None:
        return
    address = address_of(volume.header) if volume.holds_documents else None
    uri = "" if address is None else words(address)
    yield said(Statement("isPartOf", words(element), element.get(LANG, ""), uri), element)


def editors(volume: Volume) -> Iterator[Field[Contribution]]:
    """The editors, each once, though one may have edited volume and series."""
    seen: set[str] = set()
    for element in () if volume.header is None else volume.header.iterfind(_EDITORS):
        names = tuple(element.iter(*map(tei, ("name", "persName", "orgName")))) or (element,)
        for name in names:
            written = words(name)
            if written and written not in seen:
                seen.add(written)
                kind = "corporate_body" if name.tag == tei("orgName") else "person"
                pointer = name.get("ref") or element.get("ref") or ""
                yield said(Contribution("editor", written, written, None, kind, volume.uri(pointer)), name)


def authors(volume: Volume) -> Iterator[Field[Contribution]]:
    """The authors of a file that is one document."""
    for element in () if volume.header is None else volume.header.iterfind(_AUTHORS):
        written = words(element)
        if written:
            entry = volume.entry(element.get("ref", ""))
            agent = entry.label if entry else written
            uri = volume.uri(element.get("ref", ""))
            yield said(Contribution("author", written, agent, None, "person", uri), element)


def rights(volume: Volume) -> Iterator[Field[Rights]]:
    """Who may do what: the licence with its address, else what the header says of the availability."""
    availability = None if volume.header is None else volume.header.find(_AVAILABILITY)
    if availability is None:
        return
    licences = tuple(availability.iter(tei("licence")))
    for element in licences or (availability,):
        uri = element.get("target", "")
        text = "\n\n".join(words(each) for each in element.iter(tei("p"))) or words(element) or uri
        if text:
            yield said(Rights(text, uri if uri.startswith(("http://", "https://")) else ""), element)


def identifiers(volume: Volume) -> Iterator[Field[SourceUrl] | Field[Number]]:
    """The address, handle or DOI of a file that is one document."""
    address = address_of(volume.header)
    if address is not None:
        yield said(SourceUrl(words(address)), address)
    for kind, element in idnos(volume.header):
        if kind in _NUMBERS:
            value = words(element)
            for resolver in _RESOLVERS:
                value = value.removeprefix(resolver)
            yield said(Number(value, _NUMBERS[kind]), element)


def subjects(volume: Volume) -> Iterator[Field[Subject]]:
    """The keywords of a file that is one document."""
    for element in () if volume.header is None else volume.header.iterfind(_TERMS):
        keywords = element.getparent()
        scheme = "" if keywords is None else keywords.get("scheme", "")
        if words(element):
            uri = volume.uri(element.get("ref", "")) if element.get("ref") else ""
            yield said(Subject("concept", words(element), "about", uri, scheme), element)


def summary(volume: Volume) -> Iterator[Field[Summary]]:
    """The abstract of a file that is one document."""
    element = None if volume.header is None else volume.header.find(_ABSTRACT)
    if element is not None and words(element):
        paragraphs = [words(each) for each in element.iter(tei("p"))] or [words(element)]
        yield said(Summary("\n\n".join(filter(None, paragraphs)), element.get(LANG, "")), element)


def _series(header: etree._Element | None) -> etree._Element | None:
    titles = () if header is None else header.iterfind(_TITLES)
    return next((each for each in titles if each.get("level") in ("s", "m") and squeezed(words(each))), None)
