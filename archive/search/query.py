"""Search: the documents that answer a query, best first, with the words that answer it.

Only public documents are ever found; the rule is asked anew with every query.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.description import Description, describe
from archive.models import Document
from archive.models.document import DocumentQuerySet
from archive.search.engines import engine, visible
from archive.search.entries import passages, variants
from archive.search.highlight import Part, Snippet, lit, snippets
from archive.search.syntax import Query, parse

#: Results on one page.
PAGE_SIZE = 20
#: Results beyond this many cannot be paged to; who wants them all harvests.
DEPTH_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Found:
    """One document among the results."""

    description: Description
    title: tuple[Part, ...]
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results; ``total`` counts all pages. ``query`` is empty where nothing could be searched for."""

    query: Query
    total: int
    found: tuple[Found, ...]


def search(typed: str, *, within: DocumentQuerySet | None = None, limit: int = PAGE_SIZE, offset: int = 0) -> Results:
    """Search the public documents, or those of them that are ``within``."""
    query = parse(typed)
    if not query or not 0 <= offset < DEPTH_LIMIT:
        return Results(query, 0, ())
    public = visible(Document.objects.all() if within is None else within)
    index = engine()
    keys = index.find(query, public, limit=limit, offset=offset)
    return Results(query, index.count(query, public), tuple(_found(keys, query)))


def _found(keys: list[int], query: Query) -> list[Found]:
    """The documents of a page in the order of their rank, with a constant number of queries."""
    rank = {key: place for place, key in enumerate(keys)}
    descriptions = sorted(
        (each for each in describe(keys, with_sets=False) if not each.withdrawn), key=lambda each: rank[each.key]
    )
    names = variants(descriptions)
    return [
        Found(
            description=each,
            title=lit(each.title.value, query),
            snippets=tuple(snippets((p for p in passages(each, names) if p.field != "title"), query)),
        )
        for each in descriptions
    ]
