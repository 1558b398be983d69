"""The graph of a document in the notations of RDF that pyoxigraph writes."""

from __future__ import annotations

from pyoxigraph import RdfFormat, serialize

from archive.description import Description
from archive.lod.graph import graph
from archive.lod.namespaces import NAMESPACES

#: What the library begins RDF/XML with.
PROLOG = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def turtle(description: Description) -> bytes:
    """Turtle, the notation that people read."""
    return _serialized(description, RdfFormat.TURTLE, NAMESPACES)


def ntriples(description: Description) -> bytes:
    """N-Triples, one statement a line."""
    return _serialized(description, RdfFormat.N_TRIPLES, {})


def rdfxml(description: Description) -> bytes:
    """RDF/XML, without a prolog, which UTF-8 does not need: so it can stand in an OAI-PMH record as it is.

    A carriage return is written as a reference, else XML parsers read it as a line feed (section 2.11).
    """
    return _serialized(description, RdfFormat.RDF_XML, NAMESPACES).replace(b"\r", b"&#13;").removeprefix(PROLOG)


def _serialized(description: Description, format_: RdfFormat, prefixes: dict[str, str]) -> bytes:
    written = serialize(graph(description), format=format_, prefixes=prefixes)
    assert written is not None, "bytes come back where no file is given"  # noqa: S101
    return written
