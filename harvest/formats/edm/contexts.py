"""Contextual classes: those whom the record names, places, concepts and its time, each with what is known of it.

A thing stands here once, by its address, whatever number of properties lead to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archive.description import Description, LinkDescription
from archive.dublin_core import statements
from harvest.formats import markup
from harvest.formats.edm.vocabulary import Thing, link, say, thing

#: The class of what a term leads to, where EDM has one.
CLASSES = {
    "creator": "edm:Agent",
    "contributor": "edm:Agent",
    "publisher": "edm:Agent",
    "subject": "skos:Concept",
    "type": "skos:Concept",
    "medium": "skos:Concept",
    "format": "skos:Concept",
    "spatial": "edm:Place",
    "coverage": "edm:Place",
    "temporal": "edm:TimeSpan",
}
OF_KIND = {"agent": "edm:Agent", "concept": "skos:Concept", "place": "edm:Place"}

#: That a text is a text is told by edm:type.
STANDING_TYPE = "http://purl.org/dc/dcmitype/Text"


class Context(NamedTuple):
    """A thing with its class, its name, and the addresses that others have for it."""

    address: str
    kind: str
    name: str
    language: str = ""
    links: tuple[LinkDescription, ...] = ()


def contexts(description: Description) -> Iterator[Thing]:
    """Every thing that the object's properties lead to, and the time span of its date."""
    named: dict[str, Context] = {}
    for each in (*_authorities(description), *_of_statements(description)):
        if each.address and each.name:
            named.setdefault(each.address, each)
    led_to = {each.uri for each in statements(description)}
    yield from (_element(each) for each in named.values() if each.address in led_to)
    yield from _timespan(description)


def timespan_of(description: Description) -> str:
    """The address of the time span of the document's date; empty where its first or last day is unknown."""
    return f"{description.uri}#date" if description.date.earliest and description.date.latest else ""


def _authorities(description: Description) -> Iterator[Context]:
    """Those that the archive knows itself."""
    for each in description.contributions:
        yield Context(each.agent_uri, "edm:Agent", markup.words(each.name), links=each.agent_links)
    for subject in description.subjects:
        yield Context(subject.uri, OF_KIND[subject.kind], markup.words(subject.name), links=subject.links)


def _of_statements(description: Description) -> Iterator[Context]:
    """Those that a curator named with an address of others."""
    for each in statements(description):
        if each.term in CLASSES and each.uri not in (each.value, STANDING_TYPE):
            yield Context(markup.address(each.uri), CLASSES[each.term], markup.words(each.value), each.language)


def _element(context: Context) -> Thing:
    element = thing(context.kind, context.address)
    say(element, "skos:prefLabel", context.name, context.language)
    for prefixed, address in _links(context.kind, context.links):
        link(element, prefixed, address)
    return element


def _links(kind: str, links: Iterable[LinkDescription]) -> Iterator[tuple[str, str]]:
    """owl:sameAs for what is the same; concepts have all four relations of SKOS, other classes only this one."""
    for each in links:
        if kind == "skos:Concept":
            yield f"skos:{each.relation}", markup.address(each.uri)
        elif each.relation == "exactMatch":
            yield "owl:sameAs", markup.address(each.uri)


def _timespan(description: Description) -> Iterator[Thing]:
    date, address = description.date, timespan_of(description)
    if not address or not date.edtf or not date.earliest or not date.latest:
        return
    span = thing("edm:TimeSpan", address)
    say(span, "skos:prefLabel", markup.words(date.edtf))
    if markup.words(date.verbatim) != markup.words(date.edtf):
        say(span, "skos:altLabel", markup.words(date.verbatim))
    say(span, "edm:begin", date.earliest.isoformat())
    say(span, "edm:end", date.latest.isoformat())
    yield span
