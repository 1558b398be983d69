"""Graphs: the statements of a file, cut into those of one document or one other thing each as they come by.

Fonds writes what it says of a document together, its types first; there begins the next one. What it says of an agent,
a unit and so on by itself begins with its types too, and then has its identifier, which no document says of what it
names. Of a graph only what hangs on its subject is kept, so that memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from archive.readers.refused import BrokenSource, HostileSource

#: Statements of one document; a volume of minutes has some thousands.
MOST = 100_000
#: Of the number of a part. Python reads no number of more than 4,300.
_DIGITS = 9

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
RICO = "https://www.ica.org/standards/RiC/ontology#"
RECORD = f"{RICO}Record"
DOCUMENT = "http://purl.org/ontology/bibo/Document"
SKOS = "http://www.w3.org/2004/02/skos/core#"
IDENTIFIER = "http://purl.org/dc/terms/identifier"
#: Classes of what is described by itself.
THINGS = frozenset(
    {
        *(RICO + name for name in ("Record", "RecordSet", "Agent", "Person", "CorporateBody", "Family", "Place")),
        *(SKOS + name for name in ("Concept", "ConceptScheme")),
        DOCUMENT,
    }
)
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

#: What is said of something: a URI, or words.
Term = NamedNode | Literal


@dataclass(slots=True)
class Graph:
    """What is said of a thing and what it names: objects by subject and property, in the order of the file."""

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
        numbers = (each for each in found if each.isascii() and each.isdigit() and len(each) <= _DIGITS)
        return sorted((int(each), f"{start}{each}") for each in numbers)

    @property
    def is_document(self) -> bool:
        """Whether it is one of a document: an item of an archive is a record too."""
        return self.has(self.uri, TYPE, DOCUMENT)

    def add(self, subject: str, property_: str, value: Term) -> None:
        """Keep a statement, if it hangs on the thing."""
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
    """A document, or another thing, of more than ``MOST`` statements."""

    uri: str


def graphs(file: BinaryIO, media_type: str, *, name: str) -> Iterator[Graph | TooLarge]:
    """The graphs of documents, and of other things that are described by themselves.

    :raises BrokenSource: the file is not well-formed, or says more of a document after another has begun.
    :raises HostileSource: a single term of it is larger than the parser takes.
    """
    cut = _Cut(name)
    for subject, property_, value in _statements(file, media_type, name):
        if (graph := cut.add(subject, property_, value)) is not None:
            yield from _whole(graph)
    if cut.graph is not None:
        yield from _whole(cut.graph)


class _Cut:
    """The graph that statements belong to, and the one that may have begun with the latest of them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.graph: Graph | None = None
        self._next: Graph | None = None
        self._done: set[str] = set()

    def add(self, subject: str, property_: str, value: Term) -> Graph | None:
        """Keep a statement; the graph before it, where it turns out to begin another."""
        if subject in self._done and property_ != LABEL:
            raise BrokenSource(
                f"{self._name} says something of {subject} after it has begun with another document. Hand in the file "
                "as it was written: the statements of a document stand together, its types first."
            )
        if property_ == TYPE and value.value in THINGS and "#" not in subject and not self._about(subject):
            self._next = Graph(subject)
        begun = None
        if self._next is not None and self._next.uri == subject:
            self._next.add(subject, property_, value)
            if self._begins(property_, value):
                begun, self.graph, self._next = self.graph, self._next, None
                if begun is not None and begun.is_document:
                    self._done.add(begun.uri)
                return begun
        if self.graph is not None:
            self.graph.add(subject, property_, value)
        return begun

    def _about(self, subject: str) -> bool:
        return any(each is not None and each.uri == subject for each in (self.graph, self._next))

    def _begins(self, property_: str, value: Term) -> bool:
        """Whether a statement shows that what may have begun has: of a document its type does, else its identifier."""
        return property_ == IDENTIFIER or (property_ == TYPE and value.value == DOCUMENT)


def _whole(graph: Graph) -> Iterator[Graph | TooLarge]:
    """The graph, if it is small enough."""
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
