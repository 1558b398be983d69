"""The names of EDM, and the three forms in which a property is written."""

from __future__ import annotations

from dataclasses import dataclass

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


def name(prefixed: str) -> str:
    """``dc:title`` in the form that lxml takes."""
    prefix, local = prefixed.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def thing(kind: str, about: str) -> etree._Element:
    """An element for a thing of a class, with its address."""
    return etree.Element(name(kind), {RDF.ABOUT: about}, nsmap=NAMESPACES)


def say(subject: etree._Element, prefixed: str, text: str, language: str = "") -> None:
    """A property whose value is words. ``text`` must be words already; where it is empty, nothing is said."""
    if not text:
        return
    element = etree.SubElement(subject, name(prefixed))
    element.text = text
    if tag := markup.language(language):
        element.set(markup.LANG, tag)


def link(subject: etree._Element, prefixed: str, address: str) -> None:
    """A property whose value is a thing. Where the address is empty, nothing is said."""
    if address:
        etree.SubElement(subject, name(prefixed), {RDF.RESOURCE: address})
