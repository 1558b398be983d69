"""The frozen parts that a description is made of, in the order in which a document is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class LanguageString:
    """Words, and the BCP 47 tag of their language; empty where unknown."""

    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class DateDescription:
    """An EDTF date, how the source writes it, and the first and last day it can mean."""

    edtf: str
    verbatim: str
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class NumberDescription:
    """A number or identifier of the document; ``kind`` as in archive.models.document.NumberKind."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class EventDescription:
    """A stamp; ``kind`` as in archive.models.event.EventKind, ``label`` the same for people."""

    kind: str
    label: str
    edtf: str
    place: str
    destination: str
    agent: str
    note: str
    verbatim: str


@dataclass(frozen=True, slots=True)
class LinkDescription:
    """An accepted address of an authority at others; ``relation`` as in archive.models.link.LinkRelation."""

    uri: str
    relation: str


@dataclass(frozen=True, slots=True)
class ContributionDescription:
    """An agent's part; ``role`` as in archive.models.contribution.ContributionRole, ``label`` the same for people."""

    role: str
    label: str
    name: str
    as_written: str
    agent_identifier: str
    agent_uri: str
    agent_kind: str
    copies: int | None
    certain: bool = True
    #: Accepted addresses of the agent at others.
    agent_links: tuple[LinkDescription, ...] = ()


@dataclass(frozen=True, slots=True)
class TextDescription:
    """A text; ``kind`` as in archive.models.text.TextKind."""

    key: int
    kind: str
    label: str
    language: str
    body: str
    method: str = ""
    made_by: str = ""
    licence_uri: str = ""
    #: ``key`` of the text that this one was made from.
    derived_from: int | None = None


@dataclass(frozen=True, slots=True)
class UnitDescription:
    """An archival unit; ``level`` as in archive.models.unit.UnitLevel, ``code`` its title where it has no code."""

    identifier: str
    uri: str
    level: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class SubjectDescription:
    """An agent, a concept or a place of the document; ``relation`` as in archive.models.subject.SubjectRelation.

    ``kind`` is ``agent``, ``concept`` or ``place``.
    """

    relation: str
    kind: str
    name: str
    identifier: str
    uri: str
    certain: bool
    #: Accepted addresses of it at others.
    links: tuple[LinkDescription, ...]


@dataclass(frozen=True, slots=True)
class RelationDescription:
    """Another document that everybody may see; ``kind`` as in archive.models.relation.DocumentRelationKind."""

    kind: str
    label: str
    identifier: str
    uri: str
    title: str


@dataclass(frozen=True, slots=True)
class ReferenceDescription:
    """A place in an archive; the codes are strings, ``verbatim`` is what counts."""

    repository: str
    fond: str
    opis: str
    delo: str
    papka: str
    listy: str
    verbatim: str
    understood: bool
    #: The units that it leads to, from the repository down.
    units: tuple[UnitDescription, ...] = ()


@dataclass(frozen=True, slots=True)
class WordDescription:
    """A word of a line; the box in pixels from the upper left corner."""

    text: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class LineDescription:
    """A line on a page image, and its words where their places are known; the box as a word's."""

    text: str
    x: int
    y: int
    width: int
    height: int
    words: tuple[WordDescription, ...] = ()


@dataclass(frozen=True, slots=True)
class PageDescription:
    """A page image, ``width`` × ``height`` pixels; ``text_key`` is the ``key`` of the text it shows, if known.

    ``file`` is the name of the image in the storage. ``number`` is its place among the pages; of a scan, ``sha256`` is
    that of the file that it was made from, and ``place`` its place in that file, from 0.
    """

    identifier: str
    kind: str
    width: int
    height: int
    media_type: str
    text_key: int | None
    language: str
    lines: tuple[LineDescription, ...]
    file: str = ""
    number: int = 0
    sha256: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class CollectionDescription:
    """A collection that the document is in."""

    slug: str
    uri: str
    title: str


@dataclass(frozen=True, slots=True)
class StatementDescription:
    """A further Dublin Core statement; ``term`` is the local name of a dcterms property."""

    term: str
    value: str
    language: str
    uri: str


@dataclass(frozen=True, slots=True)
class ProvenanceDescription:
    """The source that a document came in with; not its name, which may tell of people and of folders.

    ``sha256`` is that of its bytes, empty where they are not kept; ``reader`` and ``version`` say which program read
    it. ``record`` is the OAI identifier of what was harvested, empty for everything else.
    """

    read_at: datetime
    reader: str
    version: str
    sha256: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """One document, with everything in the order in which it is to be shown."""

    #: The document's primary key, by which callers find it again. Never published.
    key: int
    identifier: str
    uri: str
    title: LanguageString
    date: DateDescription
    numbers: tuple[NumberDescription, ...]
    events: tuple[EventDescription, ...]
    contributions: tuple[ContributionDescription, ...]
    distribution: str
    distribution_copies: int | None
    distribution_possibly_truncated: bool
    summary: LanguageString
    original_language: str
    texts: tuple[TextDescription, ...]
    references: tuple[ReferenceDescription, ...]
    citation: str
    rights: str
    rights_uri: str
    rights_holder: str
    subjects: tuple[SubjectDescription, ...]
    relations: tuple[RelationDescription, ...]
    source_url: str
    collections: tuple[CollectionDescription, ...]
    #: OAI setSpecs in order, those of the sets above included.
    sets: tuple[str, ...]
    pages: tuple[PageDescription, ...]
    statements: tuple[StatementDescription, ...]
    published_at: datetime | None
    withdrawn: bool
    #: Where it came from; None where it was entered by hand.
    provenance: ProvenanceDescription | None = None
    #: Texts that are summaries in further languages, or by others.
    summaries: tuple[TextDescription, ...] = ()

    @property
    def abstracts(self) -> tuple[LanguageString, ...]:
        """Every summary there is, the document's own first."""
        further = (LanguageString(each.body, each.language) for each in self.summaries)
        return tuple(each for each in (self.summary, *further) if each.value)
