"""Paging: where a page of results begins, in the order that was asked for.

In an order by dates the place is that of the last result seen, so that nothing moves while somebody reads on. By
relevance it is a number of results, because every change of the index changes what all documents are worth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, cast

from tantivy import DocAddress, Order, Query, Searcher, SearchResult

from archive.search.index import asking
from archive.search.index.nearness import among

#: Results by relevance beyond this many cannot be paged to; who wants them all harvests, or asks by date.
DEPTH_LIMIT = 10_000
#: The best results, which are put in order anew by how near the words are to each other in them.
CLOSER = 200

_CURSOR = re.compile(r"(?P<sort>[a-z]+)-(?P<place>\d{1,20})")


class Sort(Enum):
    """Orders of results: the column of the index, and whether it is gone through from its end."""

    RELEVANCE = ("relevance", "", True)
    OLDEST = ("oldest", "by_date", False)
    NEWEST = ("newest", "by_date", True)
    ADDED = ("added", "by_publication", True)

    def __init__(self, label: str, column: str, descending: bool) -> None:
        self.label, self.column, self.descending = label, column, descending

    @classmethod
    def of(cls, label: str) -> Sort:
        """The order of this name.

        :raises ValueError: where there is none.
        """
        for each in cls:
            if each.label == label:
                return each
        raise ValueError(f"There is no order {label!r}. There are: {', '.join(each.label for each in cls)}.")


class CursorError(ValueError):
    """A cursor that was not made here, or for another order."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Keys of the documents of a page, and the cursor of the next one; empty where there is none."""

    keys: tuple[int, ...]
    total: int
    cursor: str


def page(
    searcher: Searcher,
    query: Query,
    *,
    sort: Sort,
    cursor: str,
    offset: int,
    limit: int,
    nearer: Sequence[Query] = (),
) -> Slice:
    """One page of what answers a query, from the ``cursor`` of the page before, or else after ``offset`` results.

    By relevance, what is ``nearer`` counts among the best results.

    :raises CursorError: for a cursor that was not made here, or for another order.
    """
    place = _place(cursor, sort) if cursor else None
    if sort is Sort.RELEVANCE:
        return _by_relevance(searcher, query, place if place is not None else offset, limit, nearer)
    rest = query if place is None else asking.beyond(query, sort.column, place, descending=sort.descending)
    order = Order.Desc if sort.descending else Order.Asc
    found = searcher.search(rest, limit + 1, count=True, order_by_field=sort.column, offset=offset, order=order)
    shown = found.hits[:limit]
    whole = _count(found) if place is None else total(searcher, query)
    more = f"{sort.label}-{shown[-1][0]}" if len(found.hits) > limit else ""
    return Slice(keys(searcher, shown), whole, more)


def _by_relevance(searcher: Searcher, query: Query, offset: int, limit: int, nearer: Sequence[Query]) -> Slice:
    if offset >= DEPTH_LIMIT:
        return Slice((), total(searcher, query), "")
    if nearer and offset < CLOSER:
        found = searcher.search(query, max(CLOSER, offset + limit), count=True)
        shown = keys(searcher, _closest_first(searcher, found.hits, nearer)[offset : offset + limit])
    else:
        found = searcher.search(query, limit, count=True, offset=offset)
        shown = keys(searcher, found.hits)
    whole, end = _count(found), offset + limit
    more = f"{Sort.RELEVANCE.label}-{end}" if end < min(whole, DEPTH_LIMIT) else ""
    return Slice(shown, whole, more)


def _closest_first(
    searcher: Searcher, hits: Sequence[tuple[Any, DocAddress]], nearer: Sequence[Query]
) -> list[tuple[Any, DocAddress]]:
    """The same hits, the best of them in a new order. Which these are does not hang on the page."""
    best = hits[:CLOSER]
    found = searcher.search(among(keys(searcher, best), nearer), CLOSER, count=False)
    closer = {(at.segment_ord, at.doc): score for score, at in found.hits}
    ordered = sorted(best, key=lambda hit: hit[0] + closer.get((hit[1].segment_ord, hit[1].doc), 0.0), reverse=True)
    return [*ordered, *hits[CLOSER:]]


def total(searcher: Searcher, query: Query) -> int:
    """How many documents answer a query."""
    return _count(searcher.search(query, 1, count=True))


def keys(searcher: Searcher, hits: Sequence[tuple[Any, DocAddress]]) -> tuple[int, ...]:
    """The primary keys of hits."""
    return tuple(cast("list[int]", searcher.fast_field_values("id", [address for _, address in hits])))


def _count(found: SearchResult) -> int:
    return int(found.count or 0)  # type: ignore[attr-defined]  # the stubs of tantivy leave it out


def _place(cursor: str, sort: Sort) -> int:
    found = _CURSOR.fullmatch(cursor)
    if not found or found["sort"] != sort.label or int(found["place"]) >= 1 << 64:
        raise CursorError("This cursor was not made here, or for another order. Begin again without one.")
    return int(found["place"])
