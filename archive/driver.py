"""Rows straight from the database's driver: for the few statements that every request of every harvester runs.

Django's cursors take longer to get ready than these statements take to run. Those of PostgreSQL put the parameters
into the statement and take the answer as text, in which a byte is two hexadecimal digits; here both are left to the
protocol.
"""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

#: SQL whose marks are ``%s``, and which has no other percent sign; and what stands for them.
Statement = tuple[str, tuple[Any, ...]]
Rows = list[tuple[Any, ...]]


def fetched(sql: str, parameters: tuple[Any, ...] = (), *, often: bool = False) -> Rows:
    """What a statement finds.

    One that is run ``often``, and has one way of being run whatever its parameters, is prepared by PostgreSQL where the
    site's OPTIONS have a ``prepare_threshold``: it is then understood and planned once a connection.
    On SQLite, dates are converted where they are columns, and text where they are expressions. Errors are Django's.
    Where Django keeps a log of queries, as in tests, one of its cursors is used.
    """
    return fetched_in_turn((sql, parameters), often=often)[0]


def fetched_in_turn(*statements: Statement, often: bool = False) -> list[Rows]:
    """What each of some statements finds, one run after the other."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    if database.connection is None:  # ensure_connection sees that too, once it has looked for an event loop
        database.ensure_connection()
    if database.queries_logged:
        return [_by_django(database, *each) for each in statements]
    with database.wrap_database_errors:
        if database.vendor == "sqlite":
            run = database.connection.execute
            return [run(sql.replace("%s", "?"), parameters).fetchall() for sql, parameters in statements]
        import psycopg  # which a site on SQLite need not have

        run, prepare = psycopg.Cursor(database.connection).execute, None if often else False
        return [run(*each, prepare=prepare, binary=True).fetchall() for each in statements]


def _by_django(database: Any, sql: str, parameters: tuple[Any, ...]) -> Rows:
    with database.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
