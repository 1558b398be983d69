"""What the document is and says: titles, kinds, origin, languages, extent, abstracts and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.description import Description
from harvest.formats import markup
from harvest.formats.curated import stated
from harvest.formats.marc_languages import three_letters
from harvest.formats.mods.elements import Element, around, element

#: A whole day, month or year, which W3CDTF writes as EDTF does.
PLAIN_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


def titles(description: Description) -> Iterator[Element]:
    """``<titleInfo>``: its own title, and others."""
    title = description.title
    yield around("titleInfo", [element("title", title.value, title.language)], usage="primary")
    for each in stated(description, "alternative"):
        yield around("titleInfo", [element("title", each.value, each.language)], type="alternative")


def kinds(description: Description) -> Iterator[Element]:
    """``<typeOfResource>`` and ``<genre>``."""
    yield element("typeOfResource", "text")
    for each in description.subjects:
        if each.relation == "type":
            yield element("genre", each.name, valueURI=markup.address(each.uri))
    for genre in stated(description, "type"):
        yield element("genre", genre.value, genre.language, valueURI=markup.address(genre.uri))


def origin(description: Description) -> Iterator[Element]:
    """Where and when it was written. The date by which to sort is the one that is the key."""
    places = [_place(each.name) for each in description.subjects if each.relation == "written at"]
    publishers = [element("publisher", each.value, each.language) for each in stated(description, "publisher")]
    parts = [*places, *publishers, *_dates(description)]
    if parts:
        yield around("originInfo", parts)


def _place(name: str) -> Element:
    return around("place", [element("placeTerm", name, type="text")])


def _dates(description: Description) -> Iterator[Element]:
    date = description.date
    if edtf := markup.words(date.edtf):
        encoding = "w3cdtf" if PLAIN_DATE.fullmatch(edtf) else "edtf"
        yield element("dateCreated", edtf, encoding=encoding, keyDate="yes")
    if (verbatim := markup.words(date.verbatim)) and verbatim != edtf:
        yield element("dateCreated", verbatim)
    for each in stated(description, "issued"):
        yield element("dateIssued", each.value)


def languages(description: Description) -> Iterator[Element]:
    """The languages of the texts held, and that of the paper, each by both of its codes."""
    held = dict.fromkeys(text.language for text in description.texts)
    for tag in held:
        yield from _language(tag, part="")
    if description.original_language not in held:
        yield from _language(description.original_language, part="original" if held else "")


def _language(tag: str, *, part: str) -> Iterator[Element]:
    if not markup.language(tag):
        return
    terms = [element("languageTerm", tag, type="code", authority="rfc5646")]
    if code := three_letters(tag):
        terms.insert(0, element("languageTerm", code, type="code", authority="iso639-2b"))
    yield around("language", terms, objectPart=part)


def physical(description: Description) -> Iterator[Element]:
    """What there is to look at; typeset pages say nothing of the paper."""
    scans = sum(page.kind == "scan" for page in description.pages)
    parts = [element("extent", each.value, each.language) for each in stated(description, "extent")]
    if scans:
        images = f"{scans} digital image{'s' if scans > 1 else ''}"
        parts += [element("extent", images), element("digitalOrigin", "reformatted digital")]
    if parts:
        yield around("physicalDescription", parts)


def abstracts(description: Description) -> Iterator[Element]:
    """``<abstract>`` and ``<tableOfContents>``."""
    for own in description.abstracts:
        if markup.words(own.value):
            yield element("abstract", own.value, own.language)
    for each in stated(description, "abstract", "description"):
        yield element("abstract", each.value, each.language)
    for each in stated(description, "tableOfContents"):
        yield element("tableOfContents", each.value, each.language)


def notes(description: Description) -> Iterator[Element]:
    """``<note>``: how it wants to be cited, who got copies, its stamps, and where it comes from."""
    for text, kind in ((description.citation, "preferred citation"), (description.distribution, "distribution")):
        if markup.words(text):
            yield element("note", text, type=kind)
    for event in description.events:
        if markup.words(event.verbatim):
            yield element("note", event.verbatim, type=markup.words(event.label))
    for each in stated(description, "provenance"):
        yield element("note", each.value, each.language, type="ownership")
