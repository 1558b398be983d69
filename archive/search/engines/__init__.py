"""Engines: where the index lives. One module for each kind of database, all of the same shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import EmptyResultSet
from django.db import connections, router

from archive.models import Document
from archive.models.document import DocumentQuerySet
from archive.search.entries import Entry
from archive.search.syntax import Query

#: Stands between the passages of a field, so that no phrase runs across. The analyser never makes it a term.
BOUNDARY = "¶"


@dataclass(frozen=True, slots=True)
class Visible:
    """The documents that may be found, as a subquery with one column, ``id``."""

    sql: str
    params: tuple[Any, ...]


class Engine(Protocol):
    """What an engine can do. It deals in primary keys, and nothing that it holds is shown to anybody."""

    def write(self, entries: Sequence[Entry]) -> None:
        """Put documents into the index, in place of what it held of them."""

    def remove(self, document_ids: Iterable[int]) -> None:
        """Take documents out of the index; those that are not in it are passed over."""

    def held(self) -> Iterator[int]:
        """The documents in the index."""

    def find(self, query: Query, visible: Visible, *, limit: int, offset: int) -> list[int]:
        """The visible documents that answer a query, best first; of equals, the lower key first."""

    def count(self, query: Query, visible: Visible) -> int:
        """How many visible documents answer a query."""


def engine() -> Engine:
    """The engine of the database that holds the documents.

    :raises NotImplementedError: for a database that the index cannot live in.
    """
    alias = router.db_for_read(Document)
    vendor = connections[alias].vendor
    # Imported here, so that only the one that is used is loaded.
    if vendor == "sqlite":
        from archive.search.engines.sqlite import SqliteEngine

        return SqliteEngine(alias)
    if vendor == "postgresql":
        from archive.search.engines.postgresql import PostgresqlEngine

        return PostgresqlEngine(alias)
    raise NotImplementedError(f"There is no full text index for {vendor}. Leave archive.search out of INSTALLED_APPS.")


def visible(documents: DocumentQuerySet) -> Visible:
    """Those of the documents that are public at this moment.

    The one rule is asked anew by every query: what was withdrawn a moment ago is gone from every answer,
    whatever the index still holds.
    """
    public = documents.public().order_by().values("id")
    try:
        sql, params = public.query.get_compiler(router.db_for_read(Document)).as_sql()
    except EmptyResultSet:
        return Visible("SELECT 0 AS id WHERE 1 = 0", ())
    return Visible(sql, tuple(params))
