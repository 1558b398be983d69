"""Description: everything that is said of one document, and all that any output format may ask.

The second narrow waist of the route: renderers see descriptions and never the database. Descriptions are
frozen, and built for many documents with a constant number of queries. A description does not ask whether
its document is public; that is for who renders and serves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from archive import uris
from archive.models import Collection, Contribution, Document
from archive.sets import specs_of


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
    """A number of the document; ``kind`` as in archive.models.document.NumberKind."""

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


@dataclass(frozen=True, slots=True)
class TextDescription:
    """A text; ``kind`` as in archive.models.text.TextKind."""

    key: int
    kind: str
    label: str
    language: str
    body: str


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


@dataclass(frozen=True, slots=True)
class LineDescription:
    """A line on a page image; the box in pixels from the upper left corner."""

    text: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PageDescription:
    """A page image, ``width`` × ``height`` pixels; ``text_key`` is the ``key`` of the text it shows, if known."""

    identifier: str
    kind: str
    width: int
    height: int
    media_type: str
    text_key: int | None
    language: str
    lines: tuple[LineDescription, ...]


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
class Description:
    """One document, with everything in the order in which it is to be shown."""

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
    source_url: str
    collections: tuple[CollectionDescription, ...]
    #: OAI setSpecs, ancestors of collections included.
    sets: tuple[str, ...]
    pages: tuple[PageDescription, ...]
    statements: tuple[StatementDescription, ...]
    published_at: datetime | None
    withdrawn: bool


def describe(document_ids: Iterable[int]) -> list[Description]:
    """The descriptions of documents, ordered by primary key; ids that do not exist are passed over.

    Takes the same number of queries for one document as for a thousand.
    """
    documents = (
        Document.objects.filter(pk__in=list(document_ids))
        .order_by("pk")
        .prefetch_related(
            "numbers",
            "events",
            "texts",
            "references",
            "collections",
            "pages__text",
            Prefetch("contributions", Contribution.objects.select_related("agent")),
        )
    )
    parents = dict(Collection.objects.values_list("pk", "parent_id"))
    slugs = dict(Collection.objects.values_list("pk", "slug"))
    return [_describe(document, parents, slugs) for document in documents]


def _describe(document: Document, parents: Mapping[int, int | None], slugs: Mapping[int, str]) -> Description:
    collections = list(document.collections.all())
    return Description(
        identifier=document.identifier,
        uri=uris.document(document.identifier),
        title=LanguageString(document.title, document.title_language),
        date=DateDescription(document.date, document.date_verbatim, document.date_earliest, document.date_latest),
        numbers=tuple(NumberDescription(n.kind, n.value) for n in document.numbers.all()),
        events=_events(document),
        contributions=_contributions(document),
        distribution=document.distribution,
        distribution_copies=document.distribution_copies,
        distribution_possibly_truncated=document.distribution_possibly_truncated,
        summary=LanguageString(document.summary, document.summary_language),
        original_language=document.original_language,
        texts=tuple(
            TextDescription(t.pk, t.kind, t.get_kind_display(), t.language, t.body) for t in document.texts.all()
        ),
        references=_references(document),
        citation=document.citation,
        rights=document.rights,
        rights_uri=document.rights_uri,
        source_url=document.source_url,
        collections=tuple(CollectionDescription(c.slug, uris.collection(c.slug), c.title) for c in collections),
        sets=specs_of([c.pk for c in collections], parents, slugs),
        pages=_pages(document),
        statements=tuple(
            StatementDescription(s["term"], s["value"], s.get("language", ""), s.get("uri", ""))
            for s in document.statements
        ),
        published_at=document.published_at,
        withdrawn=document.state == Document.State.WITHDRAWN,
    )


def _events(document: Document) -> tuple[EventDescription, ...]:
    return tuple(
        EventDescription(e.kind, e.get_kind_display(), e.date, e.place, e.destination, e.agent, e.note, e.verbatim)
        for e in document.events.all()
    )


def _contributions(document: Document) -> tuple[ContributionDescription, ...]:
    return tuple(
        ContributionDescription(
            role=c.role,
            label=c.get_role_display(),
            name=c.agent.name,
            as_written=c.as_written,
            agent_identifier=c.agent.identifier,
            agent_uri=uris.agent(c.agent.identifier),
            agent_kind=c.agent.kind,
            copies=c.copies,
        )
        for c in document.contributions.all()
    )


def _references(document: Document) -> tuple[ReferenceDescription, ...]:
    return tuple(
        ReferenceDescription(r.repository, r.fond, r.opis, r.delo, r.papka, r.listy, r.verbatim, r.understood)
        for r in document.references.all()
    )


def _pages(document: Document) -> tuple[PageDescription, ...]:
    return tuple(
        PageDescription(
            identifier=page.identifier,
            kind=page.kind,
            width=page.width,
            height=page.height,
            media_type=page.media_type,
            text_key=page.text_id,
            language=page.text.language if page.text else "",
            lines=tuple(LineDescription(line["text"], *line["box"]) for line in page.lines),
        )
        for page in document.pages.all()
    )
