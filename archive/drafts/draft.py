"""The draft itself: fields that keep the words they were read from, and the partition of the source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from archive.drafts.source_text import Segment, Span
from archive.drafts.values import Value

V = TypeVar("V", bound=Value)
V_co = TypeVar("V_co", bound=Value, covariant=True)


class Field(NamedTuple, Generic[V_co]):
    """A value together with the words it was read from.

    ``verbatim`` is the text at ``span``. ``locator`` says where the words stand in sources without a
    running text (a cell, an XPath). ``inferred`` says what of the value was not in these words, and where
    it came from; empty if nothing was inferred.
    """

    value: V_co
    verbatim: str
    span: Span | None = None
    locator: str = ""
    inferred: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a source that an archivist should know; the document came in all the same."""

    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """By what a document is known again when it comes a second time.

    ``scheme`` is ``record`` (the system and its record id: ``example.org/110692``), ``url``, or ``sha256`` of the
    source's bytes.
    """

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


@dataclass(frozen=True, slots=True)
class RefusedPart:
    """One of a source's documents that cannot come in, while its neighbours do: a row of a table, a file.

    ``name`` is what the part is called within its source, ``reason`` says why it is refused and what to do, in an
    archivist's words. ``locator`` says where it stands (a row, a path, an XPath) and ``verbatim`` holds its words, for
    the file of what was refused; empty where the part has none or far too many.
    """

    name: str
    reason: str
    locator: str = ""
    verbatim: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One document as a reader understood it.

    ``segments`` is a partition of the source's text in order: joined, they give it back. ``fields`` may
    overlap one another and several may be read from one segment.
    """

    identity: Identity
    fields: tuple[Field[Value], ...]
    segments: tuple[Segment, ...] = ()
    notices: tuple[Notice, ...] = field(default=())

    def all(self, kind: type[V]) -> tuple[Field[V], ...]:
        """The fields whose value is a ``kind``, in the order of the source."""
        return tuple([f for f in self.fields if type(f.value) is kind])  # type: ignore[misc]

    def first(self, kind: type[V]) -> Field[V] | None:
        """The first field whose value is a ``kind``, or None."""
        return next(iter(self.all(kind)), None)

    def rebuilt(self) -> str:
        """The source's text, put together again from the segments."""
        return "".join(segment.verbatim for segment in self.segments)
