"""Graphs in the notations of RDF that pyoxigraph writes."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import RdfFormat, Triple, serialize

from archive.description import Description
from archive.lod.graph import graph
from archive.lod.namespaces import NAMESPACES

#: What the library begins RDF/XML with.
PROLOG = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D})


def turtle(description: Description) -> bytes:
    """A document in Turtle, the notation that people read."""
    return as_turtle(graph(description))


def ntriples(description: Description) -> bytes:
    """A document in N-Triples, one statement a line."""
    return as_ntriples(graph(description))


def rdfxml(description: Description) -> bytes:
    """A document in RDF/XML."""
    return as_rdfxml(graph(description))


def as_turtle(triples: Iterable[Triple]) -> bytes:
    """Turtle."""
    return _serialized(triples, RdfFormat.TURTLE, NAMESPACES)


def as_ntriples(triples: Iterable[Triple]) -> bytes:
    """N-Triples."""
    return _serialized(triples, RdfFormat.N_TRIPLES, {})


def as_rdfxml(triples: Iterable[Triple]) -> bytes:
    """RDF/XML, without a prolog, which UTF-8 does not need: so it can stand in an OAI-PMH record as it is.

    A carriage return is written as a reference, else XML parsers read it as a line feed (section 2.11); what XML cannot
    carry (section 2.2), and the library writes all the same, is left out.
    """
    written = _serialized(triples, RdfFormat.RDF_XML, NAMESPACES).replace(b"\r", b"&#13;").removeprefix(PROLOG)
    return written.translate(None, _CONTROLS).replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")


def _serialized(triples: Iterable[Triple], format_: RdfFormat, prefixes: dict[str, str]) -> bytes:
    written = serialize(triples, format=format_, prefixes=prefixes)
    assert written is not None, "bytes come back where no file is given"  # noqa: S101
    return written
