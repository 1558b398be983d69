"""Shapes: the members of a record as it is edited, made from what its history holds of it.

So a field that is added to a model is part of the API at once, as it is part of every revision.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from rest_framework import serializers

from archive.api.curation.fields import MAPPING, Whole, Words
from archive.api.strict import Strict
from archive.history.aggregates import AGGREGATES
from archive.history.contents import Column, columns
from archive.models import Document, Text
from archive.models.identifiers import PATTERN
from archive.models.statements import KEYS

#: Columns that follow from others, or from the place of a row.
DERIVED = frozenset({"order", "date_earliest", "date_latest"})
#: Rows that one part of a record may have.
MOST = 1000


class StatementShape(Strict):
    """A further Dublin Core statement."""

    term = Words(max_length=100)
    value = Words(required=False, allow_blank=True)
    language = Words(required=False, allow_blank=True, max_length=35)
    uri = Words(required=False, allow_blank=True, max_length=1000)


assert set(StatementShape._declared_fields) == KEYS  # noqa: S101 - a statement has these parts


def edited(model: type[models.Model]) -> tuple[Column, ...]:
    """The columns of a thing or of a part that somebody writes."""
    return tuple(column for column in columns(model) if column.name not in DERIVED)


def linked(part: type[models.Model]) -> Column | None:
    """The one column of a part that only links two things: its rows stand as plain identifiers."""
    return edited(part)[0] if part._meta.auto_created else None


@cache
def shape_of(model: type[models.Model]) -> type[serializers.Serializer[Any]]:
    """The shape of a thing without its parts, or of a row of a part."""
    declared: dict[str, Any] = {}
    for column in edited(model):
        if column.target is not None:
            declared[column.name] = _reference(column)
    if any(column.name == "statements" for column in edited(model)):
        declared["statements"] = StatementShape(many=True, required=False)
    if model is Text:
        declared["id"] = Whole(required=False, allow_null=True, min_value=1, max_value=2**63 - 1)
        declared["body"] = Words(meaningful="\f")
    names = [*(["id"] if model is Text else []), *(column.name for column in edited(model))]
    meta = type("Meta", (), {"model": model, "fields": names, "validators": []})
    return type(
        f"{model.__name__}{'Edited' if model in AGGREGATES else 'Row'}",
        (Strict, serializers.ModelSerializer),
        {**declared, "serializer_field_mapping": MAPPING, "Meta": meta, "__doc__": model.__doc__},
    )


def _reference(column: Column) -> serializers.Field[Any, Any, Any, Any]:
    """Another thing by its identifier or slug, or another row of the same part by its place from 0."""
    kwargs: dict[str, Any] = {"required": False, "allow_null": True} if column.field.null else {}
    if column.within:
        return Whole(min_value=0, max_value=MOST, help_text="Place of another row in this list, from 0.", **kwargs)
    assert column.target is not None  # noqa: S101 - it is no column of its own
    return Words(max_length=100, help_text=f"Names a {column.target._meta.verbose_name}.", **kwargs)


def rows_of(part: type[models.Model]) -> serializers.BaseSerializer[Any] | serializers.ListField:
    """The shape of all rows of a part."""
    if linked(part):
        return serializers.ListField(child=Words(max_length=100), max_length=MOST, required=False)
    return shape_of(part)(many=True, required=False, max_length=MOST)  # type: ignore[call-arg]  # of the list


def _named(key: str) -> dict[str, Any]:
    """What a name can be that records have in addresses. A slug is never made up."""
    if key == "identifier":
        return {"required": False, "max_length": 64, "validators": [RegexValidator(rf"^{PATTERN.pattern}$")]}
    return {"max_length": 100, "validators": [RegexValidator(r"^[-a-zA-Z0-9_]+$")]}


@cache
def body_of(model: type[models.Model], key: str) -> type[serializers.Serializer[Any]]:
    """The whole body of a record, for the schema: what never changes, its fields and its parts."""
    told: dict[str, Any] = {
        key: Words(**_named(key), help_text="Chosen when it is created, or made up; never changed."),
        "url": serializers.URLField(read_only=True),
    }
    if model is Document:
        told["state"] = serializers.ChoiceField(Document.State.choices, read_only=True)
    own = deepcopy(dict(shape_of(model)().fields.items()))  # DRF makes a copy anew, from how the field was made
    parts = {relation: rows_of(part) for relation, part in AGGREGATES[model].parts.items()}
    return type(f"{model.__name__}Record", (Strict,), {**told, **own, **parts, "__doc__": model.__doc__})


@cache
def patch_of(model: type[models.Model], key: str) -> type[serializers.Serializer[Any]]:
    """The body of a change, for the schema: every member may be left out, and made empty with null."""
    fields = deepcopy(dict(body_of(model, key)().fields.items()))
    for name in (key, "url", "state"):
        fields.pop(name, None)
    for field in fields.values():
        field.required, field.allow_null = False, True
    told = {"__doc__": "What is to change; null makes a member empty."}
    return type(f"{model.__name__}Patch", (Strict,), {**fields, **told})
