"""The document's linked-data formats, as renderers.

pyoxigraph is imported when something is rendered, which is in a worker.
"""

from __future__ import annotations

from typing import Any

from archive.description import Description
from archive.models import Kind
from archive.representations import registries, registry


class JsonLd:
    """JSON-LD 1.1 in the words of our own context."""

    format = "jsonld"
    media_type = "application/ld+json"
    extension = "jsonld"

    def render(self, description: Description) -> bytes:
        """The document as a tree."""
        from archive.lod.jsonld import jsonld

        return jsonld(description)


class Turtle:
    """RDF 1.1 Turtle."""

    format = "turtle"
    media_type = "text/turtle"
    extension = "ttl"

    def render(self, description: Description) -> bytes:
        """The document's graph, grouped by subject."""
        from archive.lod.serialisations import turtle

        return turtle(description)


class NTriples:
    """RDF 1.1 N-Triples."""

    format = "ntriples"
    media_type = "application/n-triples"
    extension = "nt"

    def render(self, description: Description) -> bytes:
        """The document's graph, a line a triple."""
        from archive.lod.serialisations import ntriples

        return ntriples(description)


class RdfXml:
    """RDF 1.1 XML syntax."""

    format = "rdfxml"
    media_type = "application/rdf+xml"
    extension = "rdf"

    def render(self, description: Description) -> bytes:
        """The document's graph in XML."""
        from archive.lod.serialisations import rdfxml

        return rdfxml(description)


class Thing:
    """An agent, a place, a concept, a concept scheme, an archival unit or a collection in one notation.

    RDF/XML is stored under another name than that of documents, by which harvesters are sent records.
    """

    def __init__(self, kind: Kind, document: JsonLd | Turtle | NTriples | RdfXml) -> None:
        self.kind = kind
        self.format = "rdfxml-things" if document.format == "rdfxml" else document.format
        self.media_type, self.extension = document.media_type, document.extension

    def render(self, description: Any) -> bytes:
        """The thing's graph."""
        from archive.lod import serialisations
        from archive.lod.graph import grouped
        from archive.lod.jsonld import as_jsonld
        from archive.lod.things import graph_of

        triples = graph_of(self.kind, description)
        if self.extension == "jsonld":
            return as_jsonld(description.uri, grouped(description.uri, triples))
        write = {"ttl": serialisations.as_turtle, "nt": serialisations.as_ntriples, "rdf": serialisations.as_rdfxml}
        return write[self.extension](triples)


for kind, things in registries.items():
    for notation in (JsonLd(), Turtle(), NTriples(), RdfXml()):
        things.register(Thing(kind, notation))
for renderer in (JsonLd(), Turtle(), NTriples(), RdfXml()):
    registry.register(renderer)
