"""Bodies: a record as JSON to be edited, made from its contents (archive.history) and turned into them again.

A body has every member, with what is not known as an empty one. References stand in it by identifier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from archive import uris
from archive.api.curation.nouns import Noun
from archive.api.curation.shapes import edited, linked
from archive.history.aggregates import AGGREGATES
from archive.history.contents import Contents, Row, columns, snapshots
from archive.history.targets import Targets, targets_of
from archive.history.writing import keys_of
from archive.models import Document, Text

EMPTY: Contents = {"fields": {}, "rows": {}, "names": {}, "keys": {}}


def body_of(noun: Noun, thing: Any) -> dict[str, Any]:
    """The record as it stands."""
    contents = snapshots([thing.pk], of=noun.model)[thing.pk]
    name = getattr(thing, noun.key)
    told = {noun.key: name, "url": uris.to(f"archive_api:curation-{noun.singular}", name)}
    if isinstance(thing, Document):
        told["state"] = thing.state
    return {**told, **members(noun, contents)}


def members(noun: Noun, contents: Contents) -> dict[str, Any]:
    """What contents say, with every member."""
    found: dict[str, Any] = _row(noun.model, contents["fields"])
    for relation, part in AGGREGATES[noun.model].parts.items():
        rows = [_row(part, row) for row in contents["rows"].get(relation, [])]
        if part is Text:
            keys = contents["keys"].get(relation, [])
            rows = [{"id": key, **row} for key, row in zip(keys, rows, strict=True)]
        link = linked(part)
        found[relation] = [row[link.name] for row in rows] if link else rows
    return found


def _row(model: type[models.Model], said: Row) -> dict[str, Any]:
    return {column.name: said.get(column.name, column.default) for column in edited(model)}


def contents_of(noun: Noun, thing: Any, changed: Mapping[str, Any], body: Mapping[str, Any]) -> Contents:
    """The contents of a record after a change; what was not changed stays to the letter. ``body`` is all of it then."""
    before = snapshots([thing.pk], of=noun.model)[thing.pk] if thing.pk else EMPTY
    parts = AGGREGATES[noun.model].parts
    fields = {**before["fields"], **{name: value for name, value in changed.items() if name not in parts}}
    fields |= noun.derived(body)
    rows, keys = dict(before["rows"]), dict(before["keys"])
    for relation, part in parts.items():
        if relation in changed:
            rows[relation] = [_said(part, row, at) for at, row in enumerate(_rows(part, changed[relation]))]
            keys[relation] = keys_of(thing, relation, rows[relation])
            if part is Text:
                keys[relation] = [row.get("id") for row in changed[relation]]
        else:
            rows.setdefault(relation, [])
            keys.setdefault(relation, [])
    return {"fields": _said(noun.model, fields), "rows": rows, "names": {}, "keys": keys}


def _rows(part: type[models.Model], given: list[Any]) -> list[dict[str, Any]]:
    link = linked(part)
    return [{link.name: each} for each in given] if link else given


def _said(model: type[models.Model], row: Mapping[str, Any], place: int | None = None) -> Row:
    """A row as contents hold it: without defaults, in the words of JSON, and with its place where rows have one."""
    said = {}
    for column in columns(model):
        value = place if column.name == "order" and place is not None else row.get(column.name, column.default)
        value = str(value) if isinstance(value, Decimal) else value
        value = value.isoformat() if isinstance(value, date) else value
        if value != column.default:
            said[column.name] = value
    return said


def found_targets(noun: Noun, contents: Contents) -> tuple[Targets, list[tuple[str, str]]]:
    """What contents refer to, and the pointer of each reference that leads nowhere, with a message."""
    targets = targets_of(contents, of=noun.model)
    faults = list(_lost(noun.model, contents["fields"], "", targets))
    for relation, part in AGGREGATES[noun.model].parts.items():
        for at, row in enumerate(contents["rows"][relation]):
            faults += _lost(part, row, f"/{relation}/{at}", targets)
    return targets, faults


def _lost(model: type[models.Model], row: Row, under: str, targets: Targets) -> Iterator[tuple[str, str]]:
    for column in columns(model):
        if column.target and not column.within and column.name in row:
            if targets[column.target, row[column.name]] is not None:
                continue
            at = under if linked(model) else f"{under}/{column.name}"
            yield at, f"There is no {column.target._meta.verbose_name} of this name."
