"""Nearness: words that were typed beside each other, close to each other in a text.

Asked of a few documents alone, those that are best without it: of all that have both words it would cost a look at
every place of either, a tenth of a second for common words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tantivy import Occur, Query

from archive.search import syntax
from archive.search.index.schema import schema

#: Words that may stand between the two, and how much it counts that they are so near.
BETWEEN, NEAR = 8, 0.5
#: Texts are long; in a title everything is near.
_COLUMN = "text"


def near(node: syntax.Node | None) -> tuple[Query, ...]:
    """What is worth more of a query: of words that all must be found, each two neighbours close together."""
    nodes = node.nodes if isinstance(node, syntax.And) else ()
    return tuple(
        Query.boost_query(Query.phrase_query(schema(), _COLUMN, [*ordered], BETWEEN), NEAR)
        for pair in pairwise(_words(nodes))
        if len(set(pair)) == len(pair)
        for ordered in (pair, reversed(pair))
    )


def among(document_ids: Sequence[int], nearer: Sequence[Query]) -> Query:
    """What is nearer, among these documents alone.

    Each by itself with them, or it would be looked for from one of them on until it is found.
    """
    these = Query.const_score_query(Query.term_set_query(schema(), "id", list(document_ids)), 0.0)
    found = [Query.boolean_query([(Occur.Must, these), (Occur.Must, each)]) for each in nearer]
    return Query.boolean_query([(Occur.Should, each) for each in found])


def _words(nodes: Sequence[syntax.Node]) -> Iterator[str]:
    """The words of a query that are looked for in texts, one by one."""
    for node in nodes:
        if isinstance(node, syntax.Clause) and not node.prefix and [len(run) for run in node.runs] == [1]:
            yield from (word.term for word in node.runs[0] if not node.columns or _COLUMN in node.columns)
