"""Snapshots: a document with all its parts as JSON that stays readable when primary keys have changed.

``{"fields": {…}, "rows": {"texts": [{…}, …], …}, "names": {…}, "keys": {…}}``. What else a document refers to
stands in ``fields`` and ``rows`` by identifier. ``names`` is what those things were called then, and ``keys`` the
rows' primary keys then; both help to read and to restore a snapshot, and are no part of what it says.

A value that is the default of its field is left out, so that a field added to a model later does not make
every document look changed.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.db import models

from archive.models import (
    Agent,
    ArchivalReference,
    ArchivalUnit,
    Collection,
    Concept,
    Contribution,
    Document,
    DocumentEvent,
    DocumentNumber,
    DocumentRelation,
    Place,
    Subject,
    Text,
)

Contents = dict[str, Any]
Row = dict[str, Any]

#: Columns of a document that a curator does not describe it with: identity, state, and what follows from it.
NOT_CONTENT = frozenset(
    {
        "id",
        "identifier",
        "identity",
        "state",
        "state_reason",
        "publication_error",
        "published_at",
        "withdrawn_at",
        "refreshed_at",
        "created_at",
        "modified_at",
    }
)

#: The parts of a document, by name of their relation.
PARTS: dict[str, type[models.Model]] = {
    "texts": Text,
    "numbers": DocumentNumber,
    "events": DocumentEvent,
    "references": ArchivalReference,
    "contributions": Contribution,
    "subjects": Subject,
    "relations": DocumentRelation,
    "collections": Document.collections.through,
}

#: What parts refer to: the column that stands in a snapshot, and those that make up a name.
REFERRED: dict[type[models.Model], tuple[str, tuple[str, ...]]] = {
    Agent: ("identifier", ("name",)),
    Place: ("identifier", ("name",)),
    Concept: ("identifier", ("name",)),
    ArchivalUnit: ("identifier", ("level", "code")),
    Document: ("identifier", ("title",)),
    Collection: ("slug", ("title",)),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a document or of a part; ``target`` is what it refers to, if it does."""

    name: str
    field: models.Field[Any, Any]
    default: Any
    target: type[models.Model] | None

    @property
    def within(self) -> bool:
        """Whether it refers to another row of the same part: stored as its place in the list, from 0."""
        return self.target is self.field.model

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
    left_out = NOT_CONTENT if model is Document else frozenset({"id", "document"})
    return tuple(
        Column(field.name, field, _plain(field.get_default()), field.related_model if field.is_relation else None)
        for field in model._meta.concrete_fields
        if field.name not in left_out
    )


def snapshots(document_ids: Sequence[int]) -> dict[int, Contents]:
    """Documents with all their parts as they are now, by primary key, in a constant number of queries."""
    wanted = [column.name for column in columns(Document)]
    found: dict[int, Contents] = {
        values.pop("pk"): {"fields": _said(columns(Document), values), "rows": {}, "names": {}, "keys": {}}
        for values in Document.objects.filter(pk__in=document_ids).values("pk", *wanted)
    }
    for relation, model in PARTS.items():
        held = defaultdict(list)
        for values in _rows(model, document_ids):
            held[values["document_id"]].append(values)
        for pk, contents in found.items():
            _add(contents, relation, model, held[pk])
    return found


def checksum(contents: Contents) -> str:
    """SHA-256 of what a snapshot says; names and keys say nothing of the document."""
    said = json.dumps({"fields": contents["fields"], "rows": contents["rows"]}, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _rows(model: type[models.Model], document_ids: Sequence[int]) -> Iterator[Row]:
    lookups = [lookup for column in columns(model) for lookup in column.lookups]
    order = "collection__slug" if model is PARTS["collections"] else "order"
    rows = model._default_manager.filter(document__in=document_ids).order_by("document_id", order, "pk")
    return rows.values("pk", "document_id", *lookups).iterator()


def _add(contents: Contents, relation: str, model: type[models.Model], held: Sequence[Row]) -> None:
    keys = [values["pk"] for values in held]
    contents["keys"][relation] = keys
    contents["rows"][relation] = [_said(columns(model), values, keys) for values in held]
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
    return value.isoformat() if isinstance(value, date) else value
