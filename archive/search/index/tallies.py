"""Tallies: how many of the documents that answer a query have each value of a column.

Counting takes as long as there are documents that answer. Where most of them do, those that do not are counted, and
taken from the counts of all, which hold for as long as nobody writes to the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tantivy import Occur, Query, Searcher

from archive.search.index.reading import Held, Tally

#: Columns of more values are counted as they answer: of the others, every value has to be gone through.
MANY = 5_000


def tallies(held: Held, query: Query, columns: Mapping[str, int], *, hits: int) -> dict[str, Tally]:
    """The most frequent values in some columns, and in how many of the documents that answer.

    ``columns`` says how many values are wanted of each, and ``hits`` how many documents answer the query. Among values
    that are as frequent, the lesser comes first.
    """
    if 2 * hits > held.searcher.num_docs and _counts_of_all(held, columns):
        others = _counted_beside(held.searcher, query, columns) if hits < held.searcher.num_docs else {}
        return {column: _left(held.wholes[column], others.get(column, []))[:size] for column, size in columns.items()}
    return _counted(held.searcher, query, columns)


def _counts_of_all(held: Held, columns: Iterable[str]) -> bool:
    """Whether the counts of all documents are known in these columns; where they can be, they are from now on."""
    unknown = [column for column in columns if column not in held.wholes]
    if unknown:
        held.wholes.update(_counted(held.searcher, Query.all_query(), dict.fromkeys(unknown, MANY + 1)))
    return all(len(held.wholes[column]) <= MANY for column in columns)


def _counted_beside(searcher: Searcher, query: Query, columns: Iterable[str]) -> dict[str, Tally]:
    """The counts of the documents that do not answer."""
    rest = Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, query)])
    return _counted(searcher, rest, dict.fromkeys(columns, MANY))


def _left(whole: Tally, others: Tally) -> Tally:
    less = dict(others)
    left = ((value, count - less.get(value, 0)) for value, count in whole)
    return _in_order((value, count) for value, count in left if count)


def _counted(searcher: Searcher, query: Query, columns: Mapping[str, int]) -> dict[str, Tally]:
    found = searcher.aggregate(
        query, {column: {"terms": {"field": column, "size": size}} for column, size in columns.items()}
    )
    return {
        column: _in_order((each["key"], int(each["doc_count"])) for each in found[column]["buckets"])
        for column in columns
    }


def _in_order(tally: Iterable[tuple[Any, int]]) -> Tally:
    return sorted(tally, key=lambda each: (-each[1], each[0]))
