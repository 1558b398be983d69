"""The records as SQL: the one place of the provider that knows of tables.

Written by hand, for each engine as it is fastest. A page is found by a row value, ``(changed_at, id) > (?, ?)``,
which at 990,000 records takes as long as at 1,000; OFFSET, and the form with OR that the ORM would write, take hundreds
of times as long. Rows come as tuples, without models, straight from the driver.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.db import connection

from archive import datestamps
from archive.conf import conf
from archive.driver import fetched, fetched_in_turn
from archive.models import Representation, SetMembership
from harvest.models import HarvestedRecord
from harvest.provider.selection import Key, Selection


class Row(NamedTuple):
    """A record as its list shows it; pages hold plain tuples in this order, for haste.

    ``at`` is the datestamp in UTC, and ``sets`` are JSON, both as engines write them: what many records share is then
    read once for all of them. ``content`` is the stored XML or, where that was not asked for, whether there is any;
    nothing if the record is deleted. That is as seen from the list: a document that left a set is deleted for the
    harvesters of that set, and its header names that set alone.
    """

    at: str
    sets: str
    id: int
    identifier: str
    content: bytes | bool | int | None

    @property
    def changed_at(self) -> datetime:
        """The datestamp."""
        return moment(self.at)


class Found(NamedTuple):
    """Records, and what was read of the archive before them or together with them.

    Every change that is not among ``rows`` has a datestamp later than ``told``. ``harvested`` is whether the archive
    has harvested anything from others.
    """

    rows: list[RowTuple]
    told: datetime
    harvested: bool


class Statement(NamedTuple):
    """A statement of SQL and its parameters."""

    sql: str
    parameters: tuple[Any, ...]


REPRESENTATION = Representation._meta.db_table
MEMBERSHIP = SetMembership._meta.db_table


#: That a membership is one of a record that is there.
_LIVING = (
    f'NOT s."left" AND EXISTS (SELECT 1 FROM {REPRESENTATION} w WHERE w.id = s.representation_id AND NOT w.withdrawn)'
)

_HARVESTED = f"EXISTS (SELECT 1 FROM {HarvestedRecord._meta.db_table})"
_BEFORE = f"SELECT {datestamps.LAST}, {_HARVESTED}"

#: A row as the driver gives it.
RowTuple = tuple[str, str, int, str, bytes | bool | int | None]


def page(selection: Selection, after: Key | None, *, limit: int, content: bool) -> Found:
    """At most ``limit`` records of a list, in order, from its beginning or after a key."""
    return _found(page_statement(selection, after, limit=limit, content=content))


def page_statement(selection: Selection, after: Key | None, *, limit: int, content: bool) -> Statement:
    """What ``page`` asks. A set is listed by its memberships, which repeat the datestamp, as cheaply as the whole."""
    where, values = _where(selection, after)
    if not selection.spec:
        return Statement(_of_all(where, content=content), (*values, limit))
    return Statement(_of_set(where, content=content), (json.dumps([selection.spec]), *values, limit))


@lru_cache(maxsize=64)
def _of_all(where: str, *, content: bool) -> str:
    columns = _columns("s.sets", _content("withdrawn", "content" if content else ""))
    return f"SELECT {columns} FROM {REPRESENTATION} s WHERE {where} ORDER BY changed_at, number LIMIT %s"


@lru_cache(maxsize=64)
def _of_set(where: str, *, content: bool) -> str:
    columns = _columns(
        f'(CASE WHEN s."left" THEN %s ELSE {_as_text("r.sets")} END)',
        _content('(r.withdrawn OR s."left")', "r.content" if content else ""),
        key="s.representation_id, r.identifier",
    )
    return (
        f"SELECT {columns} FROM {MEMBERSHIP} s JOIN {REPRESENTATION} r ON r.id = s.representation_id "
        f"WHERE {where} ORDER BY s.changed_at, s.representation_id LIMIT %s"
    )


def count(selection: Selection, *, atmost: int | None = None) -> int:
    """How many records a list has; counting ends at ``atmost``."""
    where, values = _where(selection, None)
    parameters = tuple(values)
    table = MEMBERSHIP if selection.spec else REPRESENTATION
    if atmost is None:
        statement = Statement(f"SELECT count(*) FROM {table} s WHERE {where}", parameters)
    else:
        within = f"SELECT 1 FROM {table} s WHERE {where} LIMIT %s"
        statement = Statement(f"SELECT count(*) FROM ({within}) counted", (*parameters, atmost))
    return int(fetched(*statement)[0][0])


def record(prefix: str, identifier: str) -> Found:
    """The record of a document in one format, if there is or was one."""
    return _found(_statement("format = %s AND identifier = %s LIMIT 1", (prefix, identifier)))


def earliest(prefix: str) -> Row | None:
    """The first record of a format, without content."""
    statement = _statement("format = %s ORDER BY changed_at, number LIMIT 1", (prefix,), content="")
    return next(map(Row._make, fetched(*statement)), None)


def newest(selection: Selection) -> datetime | None:
    """The last change among all records of a format, or of a set; one look into the index.

    Whatever leaves the selection's window of time is stamped anew, and shows here.
    """
    where, values = _where(Selection(selection.prefix, selection.spec), None, living=False)
    table = MEMBERSHIP if selection.spec else REPRESENTATION
    [(at,)] = fetched(*Statement(f"SELECT max(changed_at) FROM {table} s WHERE {where}", tuple(values)))
    return moment(at) if at else None


def moment(value: datetime | str) -> datetime:
    """A time as the engine has it: SQLite's are text, and in UTC (a system check holds sites to that)."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value


def key(row: RowTuple) -> Key:
    """Where a record stands in its list."""
    return Key(moment(row[0]), row[2])


def _found(statement: Statement) -> Found:
    """What a statement finds that ends with a LIMIT, and what is to be read before it.

    Together on PostgreSQL, where every statement is a way to the server and back, and is planned anew. The first part
    gives the first row: what has a LIMIT is never run in parallel. On SQLite the union takes longer than it saves.
    """
    if _on_sqlite():
        [(last, harvested)], rows = fetched_in_turn((_BEFORE, ()), statement)
    else:
        first = f"SELECT ({datestamps.LAST} AT TIME ZONE 'UTC')::text, '', {_HARVESTED}::int, '', NULL"
        (last, _, harvested, *_), *rows = fetched(f"{first} UNION ALL ({statement.sql})", statement.parameters)
    return Found(rows, datestamps.settled_by(moment(last) if last else None), bool(harvested))


def _statement(condition: str, parameters: tuple[Any, ...], *, content: str = "content") -> Statement:
    columns = _columns("s.sets", _content("withdrawn", content))
    return Statement(f"SELECT {columns} FROM {REPRESENTATION} s WHERE {condition}", parameters)


def _content(deleted: str, content: str) -> str:
    return f"CASE WHEN NOT {deleted} THEN {content} END" if content else f"NOT {deleted}"


def _columns(sets: str, content: str, *, key: str = "number, identifier") -> str:
    """The columns of a row.

    SQLite's driver hands a column of a type that Django knows to Python to be converted, value by value; the plus makes
    an expression of it, which has no type. There, times are in UTC as they are.
    """
    at = "+s.changed_at" if _on_sqlite() else "(s.changed_at AT TIME ZONE 'UTC')::text"
    return f"{at}, {_as_text(sets)}, {key}, {content}"


def _stamped(moment: datetime) -> datetime | str:
    """A time as the engine takes it; the other way round than ``moment``."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ") if _on_sqlite() else moment


@cache
def _on_sqlite() -> bool:
    return bool(connection.vendor == "sqlite")


def _as_text(column: str) -> str:
    return column if _on_sqlite() else f"{column}::text"


def _where(selection: Selection, after: Key | None, *, living: bool = True) -> tuple[str, list[Any]]:
    """What is left of a list after a position; with ``living`` no deleted records of sets that are to show none."""
    prefix, spec, first, last = selection
    text = "s.format = %s"
    values: list[Any] = [prefix]
    if spec:
        text += " AND s.spec = %s"
        values.append(spec)
    if after:
        # Without the window's beginning, which lies before: SQLite would start at that one, and read it all again.
        text += f" AND (s.changed_at, s.{'representation_id' if spec else 'number'}) > (%s, %s)"
        values += (_stamped(after.changed_at), after.id)
    elif first:
        text += " AND s.changed_at >= %s"
        values.append(_stamped(first))
    if living and spec and spec in conf().OAI_SETS_WITHOUT_DELETED:
        text += f" AND {_LIVING}"
    if last:
        text += " AND s.changed_at <= %s"
        values.append(_stamped(last.replace(microsecond=999_999)))
    return text, values
