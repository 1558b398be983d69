"""Search: the documents that answer a query, with the words that answer it, and by what they can be narrowed.

Only public documents are ever found. What the index has not heard of yet, that a document is no longer public, is asked
of the database with every query, and such a document is in no answer and in no count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tantivy import Query as Asked

from archive.compiled import Compiled
from archive.models import Document
from archive.search import loading
from archive.search.counting import FACETS, Facet, Histogram, counted
from archive.search.index import asking, folder, reading
from archive.search.index.nearness import near
from archive.search.index.reading import Held
from archive.search.loading import Found
from archive.search.models import Change
from archive.search.paging import DEPTH_LIMIT, CursorError, Sort, page, total
from archive.search.suggestions import suggested
from archive.search.syntax import And, Everything, Has, Node, Query, QueryError
from archive.search.syntax import parse as read

__all__ = [
    "DEPTH_LIMIT",
    "FACETS",
    "CursorError",
    "Facet",
    "Found",
    "Histogram",
    "Query",
    "QueryError",
    "Results",
    "Sort",
    "parse",
    "search",
]

#: Results on one page.
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results; ``total`` counts all pages. ``query`` is empty where nothing could be searched for."""

    query: Query
    total: int = 0
    found: tuple[Found, ...] = ()
    #: What the next page begins with; empty on the last.
    cursor: str = ""
    facets: tuple[Facet, ...] = ()
    histogram: Histogram | None = None
    #: What may have been meant, where nothing was found.
    suggestion: str = ""
    #: There is no index that could be asked.
    unavailable: bool = False
    narrowed: Mapping[str, Sequence[str]] = field(default_factory=dict)


def parse(typed: str) -> Query:
    """What was typed, for the languages that the archive has texts in.

    :raises QueryError: where it cannot be understood; it says why, and where.
    """
    return read(typed, languages=reading.languages())


def search(
    typed: str,
    *,
    narrowed: Mapping[str, Sequence[str]] | None = None,
    also: Sequence[Node] = (),
    sort: Sort = Sort.RELEVANCE,
    limit: int = PAGE_SIZE,
    offset: int = 0,
    cursor: str = "",
    facets: Iterable[str] = (),
) -> Results:
    """Search the public documents.

    ``narrowed`` holds values that results must have, by facet, and ``also`` further conditions; with either, an empty
    query finds everything that answers them.
    ``facets`` names those that are to be counted, of :data:`FACETS`.

    :raises QueryError: where the query cannot be understood.
    :raises CursorError: for a cursor that was not made by a search in this order.
    """
    query = parse(typed)
    narrowed = {name: list(values) for name, values in (narrowed or {}).items() if values and name in FACETS}
    if not query and not ((narrowed or also) and not typed.strip()):
        return Results(query, narrowed=narrowed)
    try:
        held = reading.held()
    except folder.NoIndexError:
        return Results(query, unavailable=True, narrowed=narrowed)
    asked = _asked(query.node, narrowed, held, also)
    searcher = held.searcher
    piece = page(searcher, asked, sort=sort, cursor=cursor, offset=offset, limit=limit, nearer=near(query.node))
    counts, histogram = counted(held, asked, facets, hits=piece.total) if facets else ((), None)
    return Results(
        query=query,
        total=piece.total,
        found=tuple(loading.found(piece.keys, query)),
        cursor=piece.cursor,
        facets=counts,
        histogram=histogram,
        suggestion="" if piece.total else suggested(query, lambda node: _count(node, narrowed, held, also), searcher),
        narrowed=narrowed,
    )


def _asked(node: Node | None, narrowed: Mapping[str, Sequence[str]], held: Held, also: Sequence[Node] = ()) -> Asked:
    wanted = [*also, *(Has(name, value) for name, values in narrowed.items() for value in values)]
    whole = And((node or Everything(), *wanted)) if wanted else node or Everything()
    return asking.without(asking.asked(whole, held), _taken_back())


def _taken_back() -> list[int]:
    """Documents that are no longer public, of which the index has not heard yet. Almost always there are none."""
    return [key for (key,) in _no_longer_public()]


_no_longer_public = Compiled(
    lambda: (
        Change.objects.exclude(document__in=Document.objects.public().order_by())
        .order_by()
        .values_list("document_id")
        .distinct()
    )
)


def _count(node: Node, narrowed: Mapping[str, Sequence[str]], held: Held, also: Sequence[Node]) -> int:
    return total(held.searcher, _asked(node, narrowed, held, also))
