"""Rows straight from the database's driver: for the few statements that every request of every harvester runs.

Django's cursors take longer to get ready than these statements take to run. Those of PostgreSQL put the parameters
into the statement and take the answer as text, in which a byte is two hexadecimal digits; here both are left to the
protocol.
"""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


def fetched(sql: str, parameters: tuple[Any, ...] = (), *, often: bool = False) -> list[tuple[Any, ...]]:
    """What a statement finds. Its marks are ``%s``, and it has no other percent sign.

    A statement that is run ``often``, and has one way of being run whatever its parameters, is prepared by PostgreSQL
    where the site's OPTIONS have a ``prepare_threshold``: it is then understood and planned once a connection.
    On SQLite, dates are converted where they are columns, and text where they are expressions. Errors are Django's.
    Where Django keeps a log of queries, as in tests, one of its cursors is used.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]
    if database.connection is None:  # which ensure_connection looks at as well, after it has looked for an event loop
        database.ensure_connection()
    if database.queries_logged:
        with database.cursor() as cursor:
            cursor.execute(sql, parameters)
            return list(cursor.fetchall())
    with database.wrap_database_errors:
        if database.vendor == "sqlite":
            found: list[tuple[Any, ...]] = database.connection.execute(sql.replace("%s", "?"), parameters).fetchall()
            return found
        import psycopg  # which a site on SQLite need not have

        return (
            psycopg.Cursor(database.connection)
            .execute(sql, parameters, prepare=None if often else False, binary=True)
            .fetchall()
        )
