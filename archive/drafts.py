"""Draft: all that any input format can say of one document.

A draft is what a reader understood of a source, before anything is stored. It is the first of the two
narrow waists of the route: accession sees drafts and never files. Every field keeps the text it was read
from, letter for letter, and where that text stands, so that an archivist can check each value against its
source, and so that nothing of the source is lost on the way.

Positions count characters of the decoded source, from 0, end exclusive. No Django here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the source: characters from ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span cannot run from {self.start} to {self.end}")

    def of(self, text: str) -> str:
        """The text that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


class Role(StrEnum):
    """What a segment of the source is there for."""

    #: Furniture of the web site that the file was saved from.
    CHROME = "chrome"
    #: Nothing but white space.
    BLANK = "blank"
    #: A label that names the value after it ("Summary:").
    LABEL = "label"
    #: Text that a field was read from.
    FIELD = "field"
    #: The text of the document itself.
    BODY = "body"
    #: Text that no rule of the reader claimed. Kept, and shown to the archivist.
    UNCLASSIFIED = "unclassified"


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of the partition of a source: the segments of a draft, joined, are the source."""

    role: Role
    span: Span
    verbatim: str


class Value:
    """Base of what a field can hold; ``name`` is the field's name in reports and in the database."""

    __slots__ = ()
    name: ClassVar[str]


@dataclass(frozen=True, slots=True)
class Title(Value):
    """The document's title, as the source gives it."""

    name: ClassVar[str] = "title"
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class DocumentDate(Value):
    """The date of the document, in EDTF (ISO 8601-2:2019, level 1)."""

    name: ClassVar[str] = "date"
    edtf: str


@dataclass(frozen=True, slots=True)
class Number(Value):
    """A number that the document carries or cites.

    ``kind`` is ``telegram`` (its own number), ``incoming`` (given by the receiving registry), ``closing``
    (repeated by the sender at the end) or ``cited`` (the number of another document).
    """

    name: ClassVar[str] = "number"
    value: str
    kind: str


@dataclass(frozen=True, slots=True)
class Event(Value):
    """A stamp: something that was done with the document, when, where and by whom.

    ``kind`` is ``sent``, ``received``, ``deciphered``, ``typed``, ``cabled`` or ``closed``. ``edtf`` is a
    date or a date and time without zone, or empty where the stamp tells none. ``place`` is where it was
    done, ``destination`` the place that the document was sent or cabled to.
    """

    name: ClassVar[str] = "event"
    kind: str
    edtf: str = ""
    place: str = ""
    agent: str = ""
    note: str = ""
    destination: str = ""


@dataclass(frozen=True, slots=True)
class Contribution(Value):
    """A person or office that had a part in the document.

    ``role`` is ``sender``, ``addressee``, ``intermediary``, ``copy recipient`` or ``translator``.
    ``as_written`` is the name on the document ("Filippov"); ``agent`` the name of the person meant
    ("Stalin") where the source itself says so, else the same.
    """

    name: ClassVar[str] = "contribution"
    role: str
    as_written: str
    agent: str
    copies: int | None = None


@dataclass(frozen=True, slots=True)
class Distribution(Value):
    """A distribution list as a whole; its recipients are contributions with role ``copy recipient``.

    ``possibly_truncated`` says that the source ends within or right after the list, so that names may lack.
    """

    name: ClassVar[str] = "distribution"
    copies: int | None
    possibly_truncated: bool = False


@dataclass(frozen=True, slots=True)
class Summary(Value):
    """A summary written by the archive or the edition, not part of the document."""

    name: ClassVar[str] = "summary"
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class OriginalLanguage(Value):
    """The language in which the document was written, as a BCP 47 tag."""

    name: ClassVar[str] = "original_language"
    tag: str


@dataclass(frozen=True, slots=True)
class TextBody(Value):
    """The text of the document in one language; ``text`` is never reflowed.

    ``kind`` is ``original``, ``transcript`` or ``translation``; ``language`` a BCP 47 tag, or empty where
    the source does not say and nothing else tells.
    """

    name: ClassVar[str] = "text"
    text: str
    kind: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Reference(Value):
    """A place in an archive where the document, or a copy of it, is kept.

    Codes are strings: ``059a`` and ``0085`` are codes, not numbers. ``understood`` is false where only the
    verbatim form is known.
    """

    name: ClassVar[str] = "reference"
    repository: str = ""
    fond: str = ""
    opis: str = ""
    delo: str = ""
    papka: str = ""
    listy: str = ""
    understood: bool = True


@dataclass(frozen=True, slots=True)
class Citation(Value):
    """How the source asks to be cited."""

    name: ClassVar[str] = "citation"
    text: str


@dataclass(frozen=True, slots=True)
class Rights(Value):
    """A statement about rights and reuse."""

    name: ClassVar[str] = "rights"
    text: str


@dataclass(frozen=True, slots=True)
class SourceUrl(Value):
    """The address of the page that the source was saved from."""

    name: ClassVar[str] = "source_url"
    url: str


@dataclass(frozen=True, slots=True)
class RecordId(Value):
    """The id of the document in the system that the source comes from."""

    name: ClassVar[str] = "record_id"
    value: str


@dataclass(frozen=True, slots=True)
class Editorial(Value):
    """Words in square brackets, put there by an editor.

    ``kind`` is ``alias`` (Filippov [Stalin]), ``gloss`` (us [the Chinese]), ``omission`` ([...]) or
    ``remark`` (everything else).
    """

    name: ClassVar[str] = "editorial"
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class EmptyLabel(Value):
    """A label with no value after it: present but empty, which is not the same as absent."""

    name: ClassVar[str] = "empty_label"
    label: str


@dataclass(frozen=True, slots=True)
class Statement(Value):
    """A Dublin Core statement that no other field carries; ``term`` is the local name of a dcterms property."""

    name: ClassVar[str] = "statement"
    term: str
    text: str
    language: str = ""


V = TypeVar("V", bound=Value)
V_co = TypeVar("V_co", bound=Value, covariant=True)


@dataclass(frozen=True, slots=True)
class Field(Generic[V_co]):
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

    ``scheme`` is ``record`` (the source's record id), ``url`` or ``sha256`` (of the source's bytes).
    """

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


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
        return tuple(f for f in self.fields if isinstance(f.value, kind))  # type: ignore[misc]

    def first(self, kind: type[V]) -> Field[V] | None:
        """The first field whose value is a ``kind``, or None."""
        return next(iter(self.all(kind)), None)

    def rebuilt(self) -> str:
        """The source's text, put together again from the segments."""
        return "".join(segment.verbatim for segment in self.segments)


def fields_as_data(fields: Iterable[Field[Value]]) -> Iterator[dict[str, Any]]:
    """Fields as plain data for reports and for JSON columns.

    Each is ``{"field", "value", "verbatim", "span", "locator", "inferred"}``; ``value`` holds the
    attributes of the value, ``span`` is ``[start, end]`` or None.
    """
    for each in fields:
        yield {
            "field": each.value.name,
            "value": {a.name: getattr(each.value, a.name) for a in dataclasses.fields(each.value)},  # type: ignore[arg-type]
            "verbatim": each.verbatim,
            "span": [each.span.start, each.span.end] if each.span else None,
            "locator": each.locator,
            "inferred": each.inferred,
        }
