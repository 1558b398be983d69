"""Agreement: whether the index has the documents that are public, and no others; and what is to be done if not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from tantivy import Order, Query, Searcher

from archive.models import Document
from archive.search.index import asking, reading
from archive.search.models import Change
from archive.search.paging import keys
from archive.search.upkeep import note

#: Keys that are compared at once.
STEP = 10_000


@dataclass(frozen=True, slots=True)
class Differences:
    """Keys of documents: public and not in the index, or in it and not public. What waits to be indexed is neither."""

    missing: tuple[int, ...]
    surplus: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus)


def compared() -> Differences:
    """Compare the index with the documents, a range of keys at a time.

    :raises folder.NoIndexError: where there is no index.
    """
    held, missing, surplus = reading.held().searcher, [], []
    waiting = Change.objects.filter(document=OuterRef("pk")).order_by()
    last = max(Document.objects.order_by("-pk").values_list("pk", flat=True).first() or 0, _highest(held))
    for first in range(0, last + 1, STEP):
        indexed = set(_within(held, first))
        settled = Document.objects.filter(pk__gte=first, pk__lt=first + STEP).filter(~Exists(waiting)).order_by()
        public = set(settled.public().values_list("pk", flat=True))
        missing += sorted(public - indexed)
        doubtful = indexed - public
        unsettled = set(Change.objects.filter(document__in=doubtful).values_list("document_id", flat=True))
        surplus += sorted(doubtful - unsettled)
    return Differences(tuple(missing), tuple(surplus))


def repair(differences: Differences) -> None:
    """Note what differs, so that it is indexed. What is no document any more is found by no search."""
    there = Document.objects.filter(pk__in=[*differences.missing, *differences.surplus])
    note(there.values_list("pk", flat=True))


def _within(held: Searcher, first: int) -> Iterator[int]:
    query = asking.between("id", first, first + STEP - 1)
    hits = held.search(query, limit=STEP, count=False).hits
    yield from keys(held, hits)


def _highest(held: Searcher) -> int:
    hits = held.search(Query.all_query(), limit=1, count=False, order_by_field="id", order=Order.Desc).hits
    return int(hits[0][0]) if hits else 0
