"""Answers of PostgreSQL in binary.

Django's cursors put the parameters into the statement and take the answer as text, in which a byte is two hexadecimal
digits. This one leaves both to the protocol.
"""

from __future__ import annotations

from typing import Any

import psycopg


class BinaryCursor(psycopg.Cursor[Any]):
    """A cursor that is answered in binary."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> BinaryCursor:
        """Run a statement, and have its answer in binary."""
        return super().execute(query, params, binary=True, **options)


def cursor(connection: Any) -> Any:
    """A binary cursor of a Django connection, with Django's errors and, where one is kept, Django's log of queries."""
    connection.ensure_connection()
    raw = BinaryCursor(connection.connection)
    return connection.make_debug_cursor(raw) if connection.queries_logged else connection.make_cursor(raw)
