"""Finding on the pages. ``archive.search`` can be left out; then there is no search box and nothing is lit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Prefetch, prefetch_related_objects

from archive.models import Contribution, Document
from archive.models.document import DocumentQuerySet

#: Documents on one page of a list.
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text, and whether it answers the query."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a document that answers the query, and the field it is from."""

    field: str
    language: str
    parts: Sequence[Stretch]
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A document in a list."""

    identifier: str
    title: Sequence[Stretch]
    title_language: str
    date: str
    date_verbatim: str
    summary: str
    summary_language: str
    #: Names as written.
    sender: str
    addressee: str
    excerpts: Sequence[Excerpt] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list of documents."""

    cards: Sequence[Card]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def previous(self) -> int:
        """The number of the page before."""
        return self.page - 1

    @property
    def next(self) -> int:
        """The number of the page after."""
        return self.page + 1


def searchable() -> bool:
    """Whether the site has a search."""
    return apps.is_installed("archive.search")


def listed(documents: DocumentQuerySet, page: int) -> Listing:
    """One page of documents, in their order; a page beyond the last is the last."""
    total = documents.count()
    page = max(1, min(page, -(-total // PAGE_SIZE)))
    start = (page - 1) * PAGE_SIZE
    return Listing(cards(documents[start : start + PAGE_SIZE]), total, page)


def by_date(documents: DocumentQuerySet, page: int) -> Listing:
    """One page of documents by date, those without a date last; a page beyond the last is the last.

    Left to themselves, engines disagree on where to put what has no date, and no index has it last on SQLite.
    """
    total = documents.count()
    page = max(1, min(page, -(-total // PAGE_SIZE)))
    undated = documents.filter(date_earliest__isnull=True).order_by("pk")
    start, dated = (page - 1) * PAGE_SIZE, total - undated.count()
    end = start + PAGE_SIZE
    found = list(documents.filter(date_earliest__isnull=False)[start : min(end, dated)]) if start < dated else []
    if end > dated:
        found += undated[max(0, start - dated) : end - dated]
    return Listing(cards(found), total, page)


def cards(documents: Iterable[Document]) -> list[Card]:
    """Documents as they stand in a list, with a constant number of queries."""
    listed = list(documents)
    prefetch_related_objects(listed, Prefetch("contributions", Contribution.objects.select_related("agent")))
    return [
        Card(
            identifier=document.identifier,
            title=[Stretch(document.title)],
            title_language=document.title_language,
            date=document.date,
            date_verbatim=document.date_verbatim,
            summary=document.summary,
            summary_language=document.summary_language,
            sender=_written(document, "sender"),
            addressee=_written(document, "addressee"),
        )
        for document in listed
    ]


def lit(text: str, typed: str, *, language: str = "", field: str = "") -> list[Stretch]:
    """A text with the hits of a query in it; joined, the pieces are the text. ``language`` is that of the text."""
    if not typed or not searchable():
        return [Stretch(text)]
    from archive.search import highlight, query  # the app can be left out

    try:
        asked = query.parse(typed)
    except query.QueryError:
        return [Stretch(text)]
    return [Stretch(part.text, part.hit) for part in highlight.lit(text, asked, language=language, field=field)]


def _written(document: Document, role: str) -> str:
    return ", ".join(c.as_written or c.agent.name for c in document.contributions.all() if c.role == role)
