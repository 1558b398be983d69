"""Differences between two states of a thing, in words that an archivist reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from archive.history.aggregates import AGGREGATES
from archive.history.contents import Column, Contents, Row, columns
from archive.models import Agent, Collection, Concept, Document, Place, Text
from archive.models.authority import Label

#: Days that follow from the date: told only where the date itself does not tell.
_FOLLOWING = ("date_earliest", "date_latest")
#: What is named without saying which column it stands in.
_PLAIN = (Agent, Place, Concept, Collection, Document)
#: How the columns are called in the admin, where it calls them otherwise.
_LABELS = {
    "date_verbatim": "date as written",
    "date_earliest": "first day",
    "date_latest": "last day",
    "rights_uri": "rights statement",
    "source_url": "source page",
    "distribution": "distribution list",
    "distribution_copies": "copies",
    "distribution_possibly_truncated": "names may be missing at its end",
    "statements": "Dublin Core",
    "made_by": "made by",
    "licence_uri": "licence",
    "sort_name": "filed as",
    "uri": "address",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What is different: the field or part, its words before and after. A part has one row a line."""

    what: str
    before: str
    after: str


def difference(before: Contents, after: Contents, *, of: type[models.Model] = Document) -> list[Change]:
    """What is different between two snapshots; empty if nothing is that can be read."""
    return [*_fields(before, after, of), *_parts(before, after, of), *_bodies(before, after)]


def _fields(before: Contents, after: Contents, of: type[models.Model]) -> Iterator[Change]:
    old, new = before["fields"], after["fields"]
    for column in columns(of):
        if column.name in _FOLLOWING and old.get("date") != new.get("date"):
            continue
        yield from _change(_label(column), _words(column, old, before), _words(column, new, after))


def _parts(before: Contents, after: Contents, of: type[models.Model]) -> Iterator[Change]:
    for relation, model in AGGREGATES[of].parts.items():
        old, new = (
            "\n".join(_line(model, row, contents) for row in contents["rows"].get(relation, []))
            for contents in (before, after)
        )
        yield from _change(relation.capitalize(), old, new)


def _bodies(before: Contents, after: Contents) -> Iterator[Change]:
    """The words of each text, a text beside what it was before."""
    old, new = _texts(before), _texts(after)
    if not set(old) & set(new):  # without keys in common, the places must do
        old, new = dict(enumerate(old.values())), dict(enumerate(new.values()))
    for place, key in enumerate([*old, *(set(new) - set(old))], start=1):
        rows = old.get(key, {}), new.get(key, {})
        label = f"Words of text {place} ({_line(Text, rows[1] or rows[0], after)})"
        yield from _change(label, *(row.get("body", "") for row in rows))


def _texts(contents: Contents) -> dict[Any, Row]:
    rows = contents["rows"].get("texts", [])
    keys = contents.get("keys", {}).get("texts", [])
    return dict(zip(keys if len(keys) == len(rows) else range(len(rows)), rows, strict=True))


def _change(what: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(what, before, after)


def _line(model: type[models.Model], row: Row, contents: Contents) -> str:
    """A row in one line; what it is comes first, and a long text has a place of its own."""
    words = []
    for column in columns(model):
        said = _words(column, row, contents)
        if said and column.name not in ("order", "body"):
            plain = (
                column.target in _PLAIN or column.field.choices or (issubclass(model, Label) and column.name == "value")
            )
            words.append(said if plain else f"{_label(column).lower()}: {said}")
    return " · ".join(words).replace("\r\n", "\n").replace("\n", " ↵ ")


def _words(column: Column, row: Row, contents: Contents) -> str:
    """A value in words; empty where it is the default, which goes without saying."""
    value = _value(column, row)
    if column.target and column.within and value is not None:
        return f"text {value + 1}"
    if column.target and value is not None:
        names: Mapping[str, str] = contents.get("names", {}).get(column.target._meta.model_name, {})
        return names.get(value, value)
    if column.field.choices:
        return str(dict(column.field.flatchoices).get(value, value)) if value else ""
    if isinstance(value, bool):
        return "" if value == column.default else ("yes" if value else "no")
    if isinstance(value, list):
        return "\n".join(_statement(each) for each in value)
    return "" if value is None else str(value)


def _value(column: Column, row: Row) -> Any:
    return row.get(column.name, column.default)


def _statement(statement: Any) -> str:
    """A statement of Dublin Core in one line."""
    if not isinstance(statement, dict):
        return str(statement)
    more = [statement[each] for each in ("language", "uri") if statement.get(each)]
    said = f"{statement.get('term', '')}: {statement.get('value', '')}"
    return f"{said} ({', '.join(more)})" if more else said


def _label(column: Column) -> str:
    label = _LABELS.get(column.name, str(column.field.verbose_name))
    return label[:1].upper() + label[1:]
