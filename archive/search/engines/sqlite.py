"""The index in SQLite: a table of FTS5, with one column for each field.

The columns hold the analyser's terms with a blank between. The tokenizer ``ascii`` takes every character
beyond ASCII for a letter, so it cuts at the blanks and nowhere else; ``unicode61`` would cut again, by
tables of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connections

from archive.search.engines import BOUNDARY, Visible
from archive.search.entries import FIELDS, WEIGHTS, Entry
from archive.search.syntax import Query

_COLUMNS = ", ".join(f'"{field}"' for field in FIELDS)
_WRITE = (
    f"INSERT INTO archive_search_index (rowid, {_COLUMNS}) "  # noqa: S608 - constants
    f"VALUES (%s, {', '.join(['%s'] * len(FIELDS))})"
)
_RANK = f"bm25(archive_search_index, {', '.join(str(weight) for weight in WEIGHTS.values())})"
_WHERE = (
    "FROM archive_search_index WHERE archive_search_index MATCH %s "
    "AND EXISTS (SELECT 1 FROM ({visible}) visible WHERE visible.id = archive_search_index.rowid)"
)
_FIND = f"SELECT rowid {_WHERE} ORDER BY {_RANK}, rowid LIMIT %s OFFSET %s"
_COUNT = f"SELECT count(*) {_WHERE}"


class SqliteEngine:
    """FTS5."""

    def __init__(self, alias: str) -> None:
        self._connection = connections[alias]

    def write(self, entries: Sequence[Entry]) -> None:
        """Delete and insert: a table of FTS5 knows no upsert."""
        self.remove(entry.document_id for entry in entries)
        with self._connection.cursor() as cursor:
            cursor.executemany(_WRITE, [(entry.document_id, *_columns(entry)) for entry in entries])

    def remove(self, document_ids: Iterable[int]) -> None:
        """Take documents out of the index."""
        with self._connection.cursor() as cursor:
            cursor.executemany("DELETE FROM archive_search_index WHERE rowid = %s", [(pk,) for pk in document_ids])

    def held(self) -> Iterator[int]:
        """The documents in the index."""
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT rowid FROM archive_search_index")
            yield from (row[0] for row in cursor.fetchall())

    def find(self, query: Query, visible: Visible, *, limit: int, offset: int) -> list[int]:
        """Ranked by BM25, which FTS5 gives as a negative number: the lowest is the best."""
        return [row[0] for row in self._rows(_FIND, query, visible, limit, offset)]

    def count(self, query: Query, visible: Visible) -> int:
        """How many visible documents answer a query."""
        return int(self._rows(_COUNT, query, visible)[0][0])

    def _rows(self, sql: str, query: Query, visible: Visible, *more: int) -> list[tuple[Any, ...]]:
        with self._connection.cursor() as cursor:
            cursor.execute(sql.format(visible=visible.sql), (_match(query), *visible.params, *more))
            return list(cursor.fetchall())


def _columns(entry: Entry) -> Iterator[str]:
    for field in FIELDS:
        yield f" {BOUNDARY} ".join(" ".join(terms) for terms in entry.terms(field))


def _match(query: Query) -> str:
    """The query in FTS5's language. Terms are letters and digits, so that within quotes nothing can break out."""
    return " AND ".join(f'"{" ".join(clause)}"' for clause in query.clauses)
