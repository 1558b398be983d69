"""The index in PostgreSQL: a table with the terms as ``tsvector`` under a GIN index, and the words in order.

The vector is written out by us, term by term, and never goes through PostgreSQL's parser, which would cut
and stem again. It keeps at most 256 positions of a term and none beyond 16,383, too few for the characters of
a Chinese text; so phrases are looked for in ``words``, among the rows that have all their terms.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connections

from archive.search.engines import BOUNDARY, Visible
from archive.search.entries import FIELDS, WEIGHTS, Entry
from archive.search.syntax import Query

logger = logging.getLogger(__name__)

#: A vector knows four weights. Fields that count the same share a letter.
_LETTERS = dict(zip(sorted(set(WEIGHTS.values())), "DCBA", strict=False))
#: The four, in the order D, C, B, A, each at most 1.
_RANK = [weight / max(WEIGHTS.values()) for weight in (*_LETTERS, *[max(WEIGHTS.values())] * 4)][:4]
#: A vector must not reach 1 MB (PostgreSQL, section 12.11). Terms beyond this many bytes are left out.
_VECTOR_LIMIT = 700_000
#: Positions of one term that a vector keeps, and the greatest.
_POSITIONS, _LAST_POSITION = 255, 16_383

_WRITE = """
    INSERT INTO archive_search_index (document_id, terms, words) VALUES (%s, %s::tsvector, %s)
    ON CONFLICT (document_id) DO UPDATE SET terms = excluded.terms, words = excluded.words
"""
_WHERE = (
    "FROM archive_search_index WHERE terms @@ %s::tsquery {phrases}"
    "AND EXISTS (SELECT 1 FROM ({visible}) visible WHERE visible.id = archive_search_index.document_id)"
)
_PHRASE = "AND strpos(words, %s) > 0 "
#: 1: divided by the logarithm of the length, or a long document would win by being long.
_FIND = (
    f"SELECT document_id {_WHERE} "
    "ORDER BY ts_rank(%s::real[], terms, %s::tsquery, 1) DESC, document_id LIMIT %s OFFSET %s"
)
_COUNT = f"SELECT count(*) {_WHERE}"


class PostgresqlEngine:
    """A ``tsvector`` under GIN."""

    def __init__(self, alias: str) -> None:
        self._connection = connections[alias]

    def write(self, entries: Sequence[Entry]) -> None:
        """Put documents into the index, in place of what it held of them."""
        rows = [(entry.document_id, _vector(entry), _words(entry)) for entry in entries]
        with self._connection.cursor() as cursor:
            cursor.executemany(_WRITE, rows)

    def remove(self, document_ids: Iterable[int]) -> None:
        """Take documents out of the index."""
        with self._connection.cursor() as cursor:
            cursor.execute("DELETE FROM archive_search_index WHERE document_id = ANY(%s)", [list(document_ids)])

    def held(self) -> Iterator[int]:
        """The documents in the index."""
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT document_id FROM archive_search_index")
            yield from (row[0] for row in cursor.fetchall())

    def find(self, query: Query, visible: Visible, *, limit: int, offset: int) -> list[int]:
        """Ranked by how often and in which fields the terms stand."""
        return [row[0] for row in self._rows(_FIND, query, visible, _RANK, _tsquery(query), limit, offset)]

    def count(self, query: Query, visible: Visible) -> int:
        """How many visible documents answer a query."""
        return int(self._rows(_COUNT, query, visible)[0][0])

    def _rows(self, sql: str, query: Query, visible: Visible, *more: Any) -> list[tuple[Any, ...]]:
        phrases = [f" {' '.join(clause)} " for clause in query.clauses if len(clause) > 1]
        statement = sql.format(visible=visible.sql, phrases=_PHRASE * len(phrases))
        with self._connection.cursor() as cursor:
            cursor.execute(statement, (_tsquery(query), *phrases, *visible.params, *more))
            return list(cursor.fetchall())


def _tsquery(query: Query) -> str:
    """All the terms. They are letters and digits, so that within quotes nothing can break out."""
    return " & ".join(f"'{term}'" for term in query.terms)


def _words(entry: Entry) -> str:
    passages = (" ".join(terms) for field in FIELDS for terms in entry.terms(field))
    return f" {f' {BOUNDARY} '.join(passages)} "


def _vector(entry: Entry) -> str:
    """The terms with their positions and weights, as PostgreSQL writes a ``tsvector``."""
    positions: dict[str, list[str]] = defaultdict(list)
    size = 0
    for position, (term, letter) in enumerate(_lettered(entry), 1):
        size += len(term.encode()) + 8 if term not in positions else 0
        if size > _VECTOR_LIMIT:
            logger.warning("document %s has more words than the index takes", entry.document_id)
            break
        if len(positions[term]) < _POSITIONS:
            positions[term].append(f"{min(position, _LAST_POSITION)}{letter}")
    return " ".join(f"'{term}':{','.join(places)}" for term, places in positions.items())


def _lettered(entry: Entry) -> Iterator[tuple[str, str]]:
    """Every term of an entry with the weight of its field."""
    for field in FIELDS:
        for terms in entry.terms(field):
            yield from ((term, _LETTERS[WEIGHTS[field]]) for term in terms)
