"""Snapshots: a thing with all its parts as JSON that stays readable when primary keys have changed.

``{"fields": {…}, "rows": {"texts": [{…}, …], …}, "names": {…}, "keys": {…}}``. What else it refers to
stands in ``fields`` and ``rows`` by identifier. ``names`` is what those things were called then, and ``keys`` the
rows' primary keys then; both help to read and to restore a snapshot, and are no part of what it says. That of an
agent has the keys of the names that documents brought as ``learned`` likewise.

A value that is the default of its field is left out, so that a field added to a model later does not make
everything look changed.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models

from archive.history.aggregates import AGGREGATES, NOT_CONTENT, PARTS, REFERRED, left_out
from archive.inserting import Encoded, New
from archive.inserting import values as values_in_hand
from archive.models import AgentName, Document

__all__ = [
    "NOT_CONTENT",
    "PARTS",
    "REFERRED",
    "Column",
    "Contents",
    "Row",
    "checksum",
    "columns",
    "encoded",
    "snapshots",
    "snapshots_of_new",
]

Contents = dict[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a thing or of a part; ``target`` is what it refers to, if it does.

    ``within`` says that this is another row of the same part: stored as its place in the list, from 0.
    ``lookups`` is what to ask the database for: the value, and after it the parts of a name.
    """

    name: str
    field: models.Field[Any, Any]
    default: Any
    target: type[models.Model] | None
    within: bool
    lookups: tuple[str, ...]


@cache
def columns(model: type[models.Model]) -> tuple[Column, ...]:
    """The columns of a model that a snapshot holds."""
    return tuple(_column(field) for field in model._meta.concrete_fields if field.name not in left_out(model))


def _column(field: models.Field[Any, Any]) -> Column:
    target = field.related_model if field.is_relation else None
    within = target is field.model and target not in AGGREGATES
    lookups: tuple[str, ...] = (f"{field.name}_id" if within else field.name,)
    if target is not None and not within:
        key, names = REFERRED[target]
        lookups = tuple(f"{field.name}__{each}" for each in (key, *names))
    return Column(field.name, field, _plain(field.get_default()), target, within, lookups)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the rows of a model are read: what is asked of the database, and at which place of a row each column is.

    Before the columns stand a row's primary key and, where it is a part, that of its thing.
    """

    lookups: tuple[str, ...]
    places: tuple[tuple[int, Column], ...]


@cache
def _reading(model: type[models.Model], *before: str) -> _Reading:
    lookups, places = list(before), []
    for column in columns(model):
        places.append((len(lookups), column))
        lookups += column.lookups
    return _Reading(tuple(lookups), tuple(places))


def snapshots(keys: Sequence[int], *, of: type[models.Model] = Document) -> dict[int, Contents]:
    """Things with all their parts as they are now, by primary key, in a constant number of queries."""

    def read(model: type[models.Model], relation: str, reading: _Reading) -> Iterable[tuple[Any, ...]]:
        if relation:
            return _rows(model, reading, keys)
        return model._default_manager.filter(pk__in=keys).values_list(*reading.lookups)

    return _put_together(of, read)


def snapshots_of_new(new: New, *, of: type[models.Model] = Document) -> dict[int, Contents]:
    """What ``snapshots`` would read of things that have just been inserted, without reading it."""

    def read(model: type[models.Model], relation: str, reading: _Reading) -> Iterable[tuple[Any, ...]]:
        return values_in_hand(new.parts.get(relation, ()) if relation else new.rows, *reading.lookups)

    return _put_together(of, read)


def _put_together(
    of: type[models.Model], read: Callable[[type[models.Model], str, _Reading], Iterable[tuple[Any, ...]]]
) -> dict[int, Contents]:
    """Snapshots of the rows that ``read`` gives for a model: those of the things themselves, and of each relation."""
    own = _reading(of, "pk")
    found: dict[int, Contents] = {}
    for values in read(of, "", own):
        contents = found[values[0]] = {"fields": _said(own, values), "rows": {}, "names": {}, "keys": {}}
        _add_names(contents, own, [values])
    for relation, model in AGGREGATES[of].parts.items():
        beside = ("learned",) if model is AgentName else ()
        reading = _reading(model, "pk", f"{AGGREGATES[of].owner_of(model)}_id", *beside)
        held = defaultdict(list)
        for values in read(model, relation, reading):
            held[values[1]].append(values)
        for pk, contents in found.items():
            _add(contents, relation, reading, held.get(pk, ()))
            if beside:
                contents["learned"] = [values[0] for values in held.get(pk, ()) if values[2]]
    return found


#: What is put together here, or was read from JSON, holds nothing that holds it: not to look for that saves a fifth.
_AS_IT_IS = json.JSONEncoder(check_circular=False)
_SORTED = json.JSONEncoder(check_circular=False, sort_keys=True)


def checksum(contents: Contents) -> str:
    """SHA-256 of the fields and rows of a snapshot; what else stands in it says nothing of the document."""
    return encoded(contents)[1]


def encoded(contents: Contents) -> tuple[Encoded, str]:
    """A snapshot as it is kept, and its checksum: what both have in common is put into words once."""
    said = _SORTED.encode({"fields": contents["fields"], "rows": contents["rows"]})
    told = _AS_IT_IS.encode({name: each for name, each in contents.items() if name not in ("fields", "rows")})
    return Encoded(f"{said[:-1]}, {told[1:]}"), hashlib.sha256(said.encode()).hexdigest()


def _rows(model: type[models.Model], reading: _Reading, owners: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    _, owner, *_ = reading.lookups
    rows = model._default_manager.filter(**{f"{owner}__in": owners}).order_by(owner, *_order(model))
    return rows.values_list(*reading.lookups).iterator()


def _order(model: type[models.Model]) -> tuple[str, ...]:
    """What decides the order of a part: what a curator chose, or else what does not change when rows are made anew."""
    if any(column.name == "order" for column in columns(model)):
        return ("order", "pk")
    return tuple(column.lookups[0] for column in columns(model))


def _add(contents: Contents, relation: str, reading: _Reading, held: Sequence[tuple[Any, ...]]) -> None:
    keys = [values[0] for values in held]
    contents["keys"][relation] = keys
    contents["rows"][relation] = [_said(reading, values, keys) for values in held]
    _add_names(contents, reading, held)


def _add_names(contents: Contents, reading: _Reading, held: Sequence[tuple[Any, ...]]) -> None:
    for at, column in reading.places:
        if column.target and not column.within:
            names = contents["names"].setdefault(column.target._meta.model_name, {})
            for values in held:
                key, *words = values[at : at + len(column.lookups)]
                if key is not None:
                    names[key] = " ".join(words)


def _said(reading: _Reading, values: Sequence[Any], keys: Sequence[int] = ()) -> Row:
    """The values that are not the default of their column."""
    row = {}
    for at, column in reading.places:
        value = values[at]
        if value.__class__ not in _PLAIN:
            value = _plain(value)
        if value == column.default:
            continue
        if column.within:
            if value not in keys:
                continue  # of another thing: nothing tells its place
            value = keys.index(value)
        row[column.name] = value
    return row


#: What nearly all values are, and stay.
_PLAIN = (str, int, bool, type(None))


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
