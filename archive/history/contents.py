"""Snapshots: a thing with all its parts as JSON that stays readable when primary keys have changed.

``{"fields": {…}, "rows": {"texts": [{…}, …], …}, "names": {…}, "keys": {…}}``. What else it refers to
stands in ``fields`` and ``rows`` by identifier. ``names`` is what those things were called then, and ``keys`` the
rows' primary keys then; both help to read and to restore a snapshot, and are no part of what it says.

A value that is the default of its field is left out, so that a field added to a model later does not make
everything look changed.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models

from archive.history.aggregates import AGGREGATES, NOT_CONTENT, PARTS, REFERRED, left_out
from archive.models import Document

__all__ = [
    "NOT_CONTENT",
    "PARTS",
    "REFERRED",
    "Column",
    "Contents",
    "Row",
    "checksum",
    "columns",
    "snapshots",
]

Contents = dict[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a thing or of a part; ``target`` is what it refers to, if it does."""

    name: str
    field: models.Field[Any, Any]
    default: Any
    target: type[models.Model] | None

    @property
    def within(self) -> bool:
        """Whether it refers to another row of the same part: stored as its place in the list, from 0."""
        return self.target is self.field.model and self.target not in AGGREGATES

    @property
    def lookups(self) -> tuple[str, ...]:
        """What to ask the database for: the value, and after it the parts of a name."""
        if self.target is None:
            return (self.name,)
        if self.within:
            return (f"{self.name}_id",)
        key, names = REFERRED[self.target]
        return tuple(f"{self.name}__{each}" for each in (key, *names))


@cache
def columns(model: type[models.Model]) -> tuple[Column, ...]:
    """The columns of a model that a snapshot holds."""
    return tuple(
        Column(field.name, field, _plain(field.get_default()), field.related_model if field.is_relation else None)
        for field in model._meta.concrete_fields
        if field.name not in left_out(model)
    )


def snapshots(keys: Sequence[int], *, of: type[models.Model] = Document) -> dict[int, Contents]:
    """Things with all their parts as they are now, by primary key, in a constant number of queries."""
    wanted = [lookup for column in columns(of) for lookup in column.lookups]
    found: dict[int, Contents] = {}
    for values in of._default_manager.filter(pk__in=keys).values("pk", *wanted):
        contents = found[values["pk"]] = {"fields": _said(columns(of), values), "rows": {}, "names": {}, "keys": {}}
        _add_names(contents, of, [values])
    for relation, model in AGGREGATES[of].parts.items():
        held = defaultdict(list)
        owner = AGGREGATES[of].owner_of(model)
        for values in _rows(model, keys, owner=owner):
            held[values[f"{owner}_id"]].append(values)
        for pk, contents in found.items():
            _add(contents, relation, model, held[pk])
    return found


def checksum(contents: Contents) -> str:
    """SHA-256 of what a snapshot says; names and keys say nothing of the document."""
    said = json.dumps({"fields": contents["fields"], "rows": contents["rows"]}, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _rows(model: type[models.Model], owners: Sequence[int], *, owner: str) -> Iterator[Row]:
    lookups = [lookup for column in columns(model) for lookup in column.lookups]
    rows = model._default_manager.filter(**{f"{owner}__in": owners})
    return rows.order_by(f"{owner}_id", *_order(model)).values("pk", f"{owner}_id", *lookups).iterator()


def _order(model: type[models.Model]) -> tuple[str, ...]:
    """What decides the order of a part: what a curator chose, or else what does not change when rows are made anew."""
    if any(column.name == "order" for column in columns(model)):
        return ("order", "pk")
    return tuple(column.lookups[0] for column in columns(model))


def _add(contents: Contents, relation: str, model: type[models.Model], held: Sequence[Row]) -> None:
    keys = [values["pk"] for values in held]
    contents["keys"][relation] = keys
    contents["rows"][relation] = [_said(columns(model), values, keys) for values in held]
    _add_names(contents, model, held)


def _add_names(contents: Contents, model: type[models.Model], held: Sequence[Row]) -> None:
    for column in columns(model):
        if column.target and not column.within:
            names = contents["names"].setdefault(column.target._meta.model_name, {})
            for key, *words in ([values[lookup] for lookup in column.lookups] for values in held):
                if key is not None:
                    names[key] = " ".join(words)


def _said(wanted: Sequence[Column], values: Mapping[str, Any], keys: Sequence[int] = ()) -> Row:
    """The values that are not the default of their column."""
    row = {}
    for column in wanted:
        value = _plain(values[column.lookups[0]])
        if column.within and value is not None:
            value = keys.index(value) if value in keys else None
        if value != column.default:
            row[column.name] = value
    return row


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
