"""What ``did`` says of a unit: title, code, dates, extent, origin, languages, and where its parts and copies are.

ISAD(G), section 3.1, and 3.2.1 for the origin. One small function for each element.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from archive.drafts import Field, Notice, Number, Statement, Title, Value
from archive.readers.ead3.dates import date_fields
from archive.readers.ead3.words import below, children, line, local, text, verbatim

Said = Iterator[Field[Value] | Notice]
#: The elements by which agents are named, wherever they stand.
AGENTS = ("persname", "corpname", "famname", "name")
_STOP = re.compile(r"(?<=\w\w\w)\.$")


def identification(did: etree._Element) -> Said:
    """All that ``did`` says, in its order. Whatever element has no rule of its own becomes a description."""
    for element in children(did):
        yield from identification_of(element)


def identification_of(element: etree._Element) -> Said:
    """What one child of ``did`` says."""
    yield from _RULES.get(local(element), _note)(element)


def place_of(element: etree._Element) -> str:
    """Where an element stands, for an archivist who looks it up."""
    return f"line {element.sourceline}"


def field(element: etree._Element, value: Value) -> Field[Value]:
    """A field read from this element."""
    return Field(value, verbatim(element), None, f"{local(element)}, {place_of(element)}")


def name_of(element: etree._Element) -> str:
    """The name of an agent, a place or a subject, its parts joined as catalogues do."""
    parts = [part for part in (line(each).rstrip(" ,") for each in children(element, "part")) if part]
    # Cataloguers end parts with a full stop; that of an initial ("Danforth, W. H.") belongs to the name.
    return ", ".join([*(_STOP.sub("", part) for part in parts[:-1]), *parts[-1:]]) or line(element)


def _title(element: etree._Element) -> Said:
    if words := line(element):
        yield field(element, Title(words.rstrip(" ,"), element.get("lang", "")))


def _number(element: etree._Element) -> Said:
    if words := line(element):
        yield field(element, Number(words, "legacy"))


def _date(element: etree._Element) -> Said:
    yield from date_fields(element, place_of(element))


def _extent(element: etree._Element) -> Said:
    """``physdesc`` and ``physdescstructured``; a set of them is one after another."""
    if local(element) == "physdescset":
        for each in children(element):
            yield from _extent(each)
    elif words := line(element):
        yield field(element, Statement("extent", words, element.get("lang", "")))


def _origin(element: etree._Element) -> Said:
    for each in children(element, *AGENTS):
        if name := name_of(each):
            yield field(each, Statement("creator", name, uri=each.get("identifier", "")))
    yield from _descriptive_note(element)


def _languages(element: etree._Element) -> Said:
    for each in below(element, "language"):
        if words := line(each) or each.get("langcode", ""):
            yield field(each, Statement("language", words))
    yield from _descriptive_note(element)


def _digital(element: etree._Element) -> Said:
    """``dao``, and each of a ``daoset``: an address, and the words beside it."""
    if local(element) == "daoset":
        for each in children(element):
            yield from _digital(each) if local(each) == "dao" else _note(each)
    else:
        said = text(element) or element.get("linktitle", "")
        address = element.get("href", "").strip()
        if said or address:
            yield field(element, Statement("hasFormat", said, uri=address))


def _container(element: etree._Element) -> Said:
    """Box and folder."""
    kind, words = element.get("localtype", ""), line(element)
    if words:
        yield field(element, Statement("medium", f"{kind} {words}".strip(), uri=""))


def _abstract(element: etree._Element) -> Said:
    if words := text(element):
        yield field(element, Statement("abstract", words, element.get("lang", "")))


def _note(element: etree._Element) -> Said:
    if words := text(element):
        label = element.get("label", "").strip().rstrip(":")
        yield field(element, Statement("description", f"{label}: {words}" if label else words))


def _descriptive_note(element: etree._Element) -> Said:
    for each in children(element, "descriptivenote"):
        yield from _note(each)


def _nothing(element: etree._Element) -> Said:
    """What is said elsewhere: headings, and the repository, which is a unit of its own."""
    return iter(())


_RULES: dict[str, Callable[[etree._Element], Said]] = {
    "abstract": _abstract,
    "container": _container,
    "dao": _digital,
    "daoset": _digital,
    "head": _nothing,
    "langmaterial": _languages,
    "origination": _origin,
    "physdesc": _extent,
    "physdescset": _extent,
    "physdescstructured": _extent,
    "repository": _nothing,
    "unitdate": _date,
    "unitdatestructured": _date,
    "unitid": _number,
    "unittitle": _title,
}
