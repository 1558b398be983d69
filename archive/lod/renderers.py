"""The document's linked-data formats, as renderers.

pyoxigraph is imported when something is rendered, which is in a worker.
"""

from __future__ import annotations

from archive.description import Description
from archive.representations import registry


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


for renderer in (JsonLd(), Turtle(), NTriples(), RdfXml()):
    registry.register(renderer)
