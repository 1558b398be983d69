"""Graphs: the statements of a file, cut into those of one document each as they come by.

Fonds writes what it says of a document together, its types first; there begins the next one. Of a graph only what hangs
on its document is kept, so that memory does not grow with what stands between two documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from archive.readers.refused import BrokenSource, HostileSource

#: Statements of one document; a volume of minutes has some thousands.
MOST = 100_000

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RECORD = "https://www.ica.org/standards/RiC/ontology#Record"
DOCUMENT = "http://purl.org/ontology/bibo/Document"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

#: What is said of something: a URI, or words.
Term = NamedNode | Literal


@dataclass(slots=True)
class Graph:
    """What is said of a document and what it names: objects by subject and property, in the order of the file."""

    uri: str
    said: dict[str, dict[str, list[Term]]] = field(default_factory=dict)
    #: URIs that something in the graph leads to.
    named: set[str] = field(default_factory=set)
    size: int = 0

    def all(self, subject: str, property_: str) -> list[Term]:
        """The objects of a property."""
        return self.said.get(subject, {}).get(property_, [])

    def words(self, subject: str, property_: str) -> str:
        """The first object of a property as a string; empty where there is none."""
        found = self.all(subject, property_)
        return found[0].value if found else ""

    def has(self, subject: str, property_: str, value: str) -> bool:
        """Whether that is said."""
        return any(each.value == value for each in self.all(subject, property_))

    def parts(self, name: str) -> list[tuple[int, str]]:
        """The document's own parts of a name, ``#event-1``, ``#event-2``, with their numbers and in their order."""
        start = f"{self.uri}#{name}-"
        found = (each.removeprefix(start) for each in self.said if each.startswith(start))
        return sorted((int(each), f"{start}{each}") for each in found if each.isascii() and each.isdigit())

    def add(self, subject: str, property_: str, value: Term) -> None:
        """Keep a statement, if it hangs on the document."""
        if subject.partition("#")[0] != self.uri and subject not in self.named:
            return
        self.size += 1
        if self.size > MOST:
            return
        self.said.setdefault(subject, {}).setdefault(property_, []).append(value)
        if isinstance(value, NamedNode):
            self.named.add(value.value)


@dataclass(frozen=True, slots=True)
class TooLarge:
    """A document of more than ``MOST`` statements."""

    uri: str


def documents(file: BinaryIO, media_type: str, *, name: str) -> Iterator[Graph | TooLarge]:
    """The graphs of documents.

    :raises BrokenSource: the file is not well-formed, or says more of a document after another has begun.
    :raises HostileSource: a single term of it is larger than the parser takes.
    """
    graph: Graph | None = None
    done: set[str] = set()
    for subject, property_, value in _statements(file, media_type, name):
        if property_ == TYPE and value.value == RECORD and "#" not in subject and (not graph or subject != graph.uri):
            if graph is not None:
                done.add(graph.uri)
                yield from _whole(graph)
            graph = Graph(subject)
        if subject in done and property_ != LABEL:
            raise BrokenSource(
                f"{name} says something of {subject} after it has begun with another document. Hand in the file as "
                "it was written: the statements of a document stand together, its types first."
            )
        if graph is not None:
            graph.add(subject, property_, value)
    if graph is not None:
        yield from _whole(graph)


def _whole(graph: Graph) -> Iterator[Graph | TooLarge]:
    """The graph, if it is one of a document: an item of an archive is a record too."""
    if graph.has(graph.uri, TYPE, DOCUMENT):
        yield TooLarge(graph.uri) if graph.size > MOST else graph


def _statements(file: BinaryIO, media_type: str, name: str) -> Iterator[tuple[str, str, Term]]:
    """Subject, property and object; what is said of or with blank nodes is none of ours, and is passed over."""
    try:
        for quad in parse(file, format=RdfFormat.from_media_type(media_type)):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                yield quad.subject.value, quad.predicate.value, quad.object
    except SyntaxError as error:
        raise BrokenSource(f"{name} is no well-formed RDF: {error.msg}.") from None
    except MemoryError:
        raise HostileSource(f"{name} has a single term of more than 16 MB, which is no word of a document.") from None
