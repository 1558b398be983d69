"""The names of EDM, and the forms in which a thing and its properties are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from lxml import etree

from harvest.formats import markup

EDM = "http://www.europeana.eu/schemas/edm/"
SCHEMA = "http://www.europeana.eu/schemas/edm/EDM.xsd"

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "edm": EDM,
    "ore": "http://www.openarchives.org/ore/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "svcs": "http://rdfs.org/sioc/services#",
}
NSMAP = {**NAMESPACES, "xsi": markup.XSI}


@dataclass(frozen=True, slots=True)
class RDF:
    """Names of RDF/XML itself."""

    RDF = f"{{{NAMESPACES['rdf']}}}RDF"
    ABOUT = f"{{{NAMESPACES['rdf']}}}about"
    RESOURCE = f"{{{NAMESPACES['rdf']}}}resource"


class Property(NamedTuple):
    """One property: words in a language, or an address."""

    name: str
    text: str = ""
    language: str = ""
    address: str = ""


class Thing(NamedTuple):
    """A thing of a class with its address and its properties, in the order of the schema."""

    kind: str
    about: str
    properties: list[Property]


def thing(kind: str, about: str) -> Thing:
    """A thing of which nothing is said yet."""
    return Thing(kind, about, [])


def say(subject: Thing, prefixed: str, text: str, language: str = "") -> None:
    """A property whose value is words. ``text`` must be words already; where it is empty, nothing is said."""
    if text:
        subject.properties.append(Property(prefixed, text, markup.language(language)))


def link(subject: Thing, prefixed: str, address: str) -> None:
    """A property whose value is a thing. Where the address is empty, nothing is said."""
    if address:
        subject.properties.append(Property(prefixed, address=address))


def write(root: etree._Element, subject: Thing) -> None:
    """Put a thing at the end of the record. Elements are made within their parent: lxml is slow with others."""
    element = etree.SubElement(root, name(subject.kind), {RDF.ABOUT: subject.about})
    for each in subject.properties:
        if each.address:
            etree.SubElement(element, name(each.name), {RDF.RESOURCE: each.address})
            continue
        said = etree.SubElement(element, name(each.name))
        said.text = each.text
        if each.language:
            said.set(markup.LANG, each.language)


@cache
def name(prefixed: str) -> str:
    """``dc:title`` in the form that lxml takes."""
    prefix, local = prefixed.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
