"""Inserting: many rows at once as plain values, for a sixth of the time that instances of models take.

``insert`` writes rows. ``numbered`` completes them before: with their primary keys and defaults they are all that a
query would read of them. What is new need not be read back to be described and remembered (``New``, ``values``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import chain
from typing import Any

from django.db import connection, models

#: A row, each value by the name of its field; a foreign key is an instance or a primary key.
Row = dict[str, Any]

#: Rows that one statement writes. Each time that one is run, SQLite puts the words of a CHECK … IN into a table of
#: their own, which takes as long as to write a row. The marks of the widest model stay below 999.
AT_ONCE = 20
#: Values of these are as the driver of any database takes them.
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


@dataclass(frozen=True, slots=True)
class Encoded:
    """The value of a JSON column that its writer has put into ``text`` already, for a reason of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class New:
    """Things that are new, and their parts by name of the relation: complete rows that have been inserted.

    The parts of one thing are in their order, and name it by its primary key. What else rows refer to stands in them as
    instances.
    """

    rows: Sequence[Row] = ()
    parts: Mapping[str, Sequence[Row]] = field(default_factory=dict)


def insert(
    model: type[models.Model], rows: Iterable[Mapping[str, Any]], *, unique: Sequence[str] = (), once: bool = False
) -> None:
    """Insert rows; what a row does not name gets its default, and all name the same primary key or none.

    With ``unique``, the names of fields that no two rows have in common, a row that is there already is overwritten.
    With ``once``, it stays as it is, by whatever rule it may be there but once.
    """
    given = list(rows)
    if not given:
        return
    fields = [each for each in model._meta.concrete_fields if not each.primary_key or each.name in given[0]]
    lines = zip(*(_prepared(each, given) for each in fields), strict=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not unique and not once:
            with cursor.copy(f"COPY {_into(model, fields)} FROM STDIN") as copy:  # a third of the CPU of INSERT
                for line in lines:
                    copy.write_row(line)
        else:
            together = once or connection.vendor == "sqlite"  # PostgreSQL overwrites no row twice in one statement
            for many, bundles in _bundled(list(lines), AT_ONCE if together else 1):
                cursor.executemany(_statement(model, fields, unique, many, once=once), bundles)


def _bundled(lines: Sequence[tuple[Any, ...]], most: int) -> Iterator[tuple[int, Sequence[Sequence[Any]]]]:
    """Lines put together for statements that write ``most`` each, then what is left for one that writes fewer."""
    left = len(lines) % most
    whole = len(lines) - left
    if whole:
        yield most, [list(chain.from_iterable(lines[at : at + most])) for at in range(0, whole, most)]
    if left:
        yield left, [list(chain.from_iterable(lines[whole:]))]


def _prepared(field: Any, rows: Sequence[Mapping[str, Any]]) -> Iterable[Any]:
    """One column of rows, as the driver takes it: column by column costs half of row by row."""
    name = field.name
    if _minted(field):
        column = [row[name] if name in row else field.get_default() for row in rows]
    else:
        default = field.get_default()
        column = [row.get(name, default) for row in rows]
    if isinstance(field, models.ForeignKey):
        return _primary_keys(column)
    if isinstance(field, _PLAIN):
        return column
    if isinstance(field, models.JSONField):
        return [each.text if each.__class__ is Encoded else _said(field, each) for each in column]
    once = cache(partial(_said, field))  # one moment stands in all rows of a batch, and few days do
    return [None if each is None else once(each) for each in column]


def _said(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def _minted(field: Any) -> bool:
    """Whether each row gets a default of its own: an identifier does, an empty list may be the same for all."""
    return callable(field.default) and field.default not in (dict, list)


def numbered(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Rows with a primary key of their own each, and with the default of every field that they do not name."""
    key, fields = _key(model).name, [each for each in model._meta.concrete_fields if not each.primary_key]
    made = [(each.name, each.get_default) for each in fields if callable(each.default)]
    same = {key: None, **{each.name: None if callable(each.default) else each.get_default() for each in fields}}
    written = []
    for number, row in zip(_reserved(model, len(rows)), rows, strict=True):
        whole = {**same, **row, key: number}
        for name, default in made:
            if name not in row:
                whole[name] = default()
        written.append(whole)
    return written


def values(rows: Sequence[Row], *lookups: str) -> Iterable[tuple[Any, ...]]:
    """What ``values_list(*lookups)`` would read of complete rows: their columns, and those of what they refer to."""
    return zip(*(_column(rows, each) for each in lookups), strict=True) if rows else ()


def _column(rows: Sequence[Row], lookup: str) -> Iterable[Any]:
    name, _, column = lookup.partition("__")
    if column:
        return [None if row[name] is None else getattr(row[name], column) for row in rows]
    if lookup == "pk":
        return [row["id"] for row in rows]
    if lookup in rows[0]:
        return [row[lookup] for row in rows]
    referring = lookup.removesuffix("_id")
    return _primary_keys([row[referring] for row in rows])


def _primary_key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _primary_keys(column: Sequence[Any]) -> list[Any]:
    """What stands in the column of a foreign key."""
    return [each if each is None or each.__class__ is int else _primary_key(each) for each in column]


def _reserved(model: type[models.Model], count: int) -> Sequence[int]:
    """Primary keys that nobody else gets."""
    if not count:
        return ()
    table, column = model._meta.db_table, _key(model).column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            name = connection.ops.quote_name(table)
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [name, column, count]
            )
            return [number for (number,) in cursor.fetchall()]
        # The table in which AUTOINCREMENT keeps the last key; a row of it comes with the first row of the model's.
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", [count, table])
        if found := cursor.fetchone():
            return range(found[0] - count + 1, found[0] + 1)
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
        return range(1, count + 1)


def _key(model: type[models.Model]) -> Any:
    return model._meta.pk


def _into(model: type[models.Model], fields: Sequence[Any]) -> str:
    quoted = connection.ops.quote_name
    return f"{quoted(model._meta.db_table)} ({', '.join(quoted(each.column) for each in fields)})"


def _statement(
    model: type[models.Model], fields: Sequence[Any], unique: Sequence[str], many: int, *, once: bool
) -> str:
    """The statement that writes so many rows."""
    quoted = connection.ops.quote_name
    row = f"({', '.join(['%s'] * len(fields))})"
    said = f"INSERT INTO {_into(model, fields)} VALUES {', '.join([row] * many)}"  # noqa: S608
    if not unique:
        return f"{said} ON CONFLICT DO NOTHING" if once else said
    key = ", ".join(quoted(each.column) for each in fields if each.name in unique)
    told = (quoted(each.column) for each in fields if each.name not in unique)
    return f"{said} ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{name} = EXCLUDED.{name}' for name in told)}"
