"""Fitting: whether what a draft says can stand in the database, said before anything is written.

A batch is written with a few statements, and one value that its column does not take would fail them all. So each
document is held against the columns first, and refused alone, with the name of the field and the place of the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations

from archive import drafts
from archive.accession.mapping import Contents, Named, Row
from archive.drafts import Draft, Value
from archive.models import (
    Agent,
    ArchivalReference,
    Concept,
    Contribution,
    Document,
    DocumentEvent,
    DocumentNumber,
    Place,
    Subject,
    Text,
)
from archive.models.document import GLOBAL_KINDS
from archive.models.statements import refuse_malformed
from archive.models.subject import SubjectRelation
from archive.readers import SourceRefused

#: The model of each part, and the value of a draft that its rows are made from.
PARTS: dict[str, tuple[type[models.Model], type[Value]]] = {
    "numbers": (DocumentNumber, drafts.Number),
    "events": (DocumentEvent, drafts.Event),
    "texts": (Text, drafts.TextBody),
    "references": (ArchivalReference, drafts.Reference),
    "contributions": (Contribution, drafts.Contribution),
    "subjects": (Subject, drafts.Subject),
}
_AUTHORITIES: dict[str, type[models.Model]] = {"agent": Agent, "place": Place, "concept": Concept}
_PLACES = (SubjectRelation.WRITTEN_AT, SubjectRelation.RECEIVED_AT)

#: Says what is wrong with a value; empty if nothing is.
Check = Callable[[Any], str]


class Unfit(SourceRefused):
    """One document of a source cannot be held as it is."""


def refuse_unfit(draft: Draft, contents: Contents) -> None:
    """Refuse a document that the database would not take.

    :raises Unfit: naming the first field that does not fit, what is wrong with it, and where its words stand.
    """
    name, problem = _problem(Document, contents.fields)
    if problem:
        raise Unfit(f"{name.replace('_', ' ').capitalize()}: {problem}{_place(draft, name)}")
    try:
        refuse_malformed(contents.fields["statements"])
    except ValidationError as error:
        raise Unfit(" ".join(error.messages)) from error
    for relation, rows in contents.rows.items():
        for row in rows:
            if problem := _problem_of_row(relation, row):
                raise Unfit(f"{relation.capitalize()}, no. {row['order'] + 1}: {problem}{_place_of(draft, relation)}")


def refuse_taken_numbers(numbers: Mapping[int, list[Row]], known: Mapping[int, Document]) -> dict[int, Unfit]:
    """The drafts, by their place, with a number that names another document in all the world: an ARK, a DOI."""
    wanted = [
        (place, row["kind"], row["value"])
        for place, rows in numbers.items()
        for row in rows
        if row["kind"] in GLOBAL_KINDS
    ]
    held = DocumentNumber.objects.filter(kind__in=GLOBAL_KINDS, value__in={value for _, _, value in wanted})
    owners: dict[tuple[str, str], Any] = (
        {(each.kind, each.value): each.document for each in held.select_related("document")} if wanted else {}
    )
    refused = {}
    for place, kind, value in wanted:
        owner = owners.setdefault((kind, value), place)
        if owner not in (place, known.get(place)):
            whose = f"“{owner}” ({owner.identifier})" if isinstance(owner, Document) else "a document before it"
            refused[place] = Unfit(f"Numbers: {kind} {value} belongs to {whose} already.")
    return refused


def problem_with(model: type[models.Model], values: Mapping[str, Any]) -> str:
    """What is wrong with the first of some values of a model that its column does not take; empty if nothing is."""
    name, problem = _problem(model, values)
    return f"{name}: {problem}" if problem else ""


def _problem_of_row(relation: str, row: Row) -> str:
    name, problem = _problem(PARTS[relation][0], row)
    if problem:
        return f"{name.replace('_', ' ')}: {problem}"
    return _misplaced(row) if relation == "subjects" else ""


def _misnamed(named: Named) -> str:
    """What is wrong with the name of an authority."""
    if not named.name.strip():
        return "it has no name."
    if named.kind not in _AUTHORITIES:
        return "no such kind."
    return _too_long(named.name, _columns(_AUTHORITIES[named.kind])[0]["name"])


def _misplaced(row: Row) -> str:
    """What is wrong with a subject: a kind of document is a concept, and it was written at a place."""
    kind = row["authority"].kind
    if row["relation"] == SubjectRelation.TYPE and kind != "concept":
        return f"the type of a document is a concept, and this is {_article(kind)}."
    if row["relation"] in _PLACES and kind != "place":
        return f"a document is {row['relation']} a place, and this is {_article(kind)}."
    return ""


def _article(kind: str) -> str:
    return f"an {kind}" if kind == "agent" else f"a {kind}"


def _problem(model: type[models.Model], values: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with the first of some values of a model that its column does not take, with the column's name."""
    rooms, checks = _columns(model)
    for name, value in values.items():
        room = rooms.get(name)
        if room is not None and (value is None or len(value) <= room):
            continue  # nearly all of them
        if value.__class__ is Named and (problem := _misnamed(value)):
            return name, problem
        for check in checks.get(name, ()):
            if problem := check(value):
                return name, problem
    return "", ""


@cache
def _columns(model: type[models.Model]) -> tuple[Mapping[str, int], Mapping[str, tuple[Check, ...]]]:
    """For how many characters there is room in the columns that ask nothing else, and all that each column asks."""
    fields = model._meta.concrete_fields
    checks = {field.name: tuple(_checks_of(field)) for field in fields}
    rooms = {field.name: field.max_length or 0 for field in fields if _limited(field) and len(checks[field.name]) == 1}
    return rooms, checks


def _limited(field: Any) -> bool:
    """Whether the words of a column must not be too long; those that are given cannot be."""
    return bool(field.max_length and not field.choices)


def _checks_of(field: Any) -> Iterator[Check]:
    """What a column asks of its values, without what costs time and cannot fail."""
    if _limited(field):
        yield lambda value: _too_long(value, field.max_length)
    if field.choices:
        known = {key for key, _ in field.flatchoices} | ({""} if field.blank else set())
        yield lambda value: "" if value in known else f"“{value}” is none of {', '.join(map(str, sorted(known)))}."
    if isinstance(field, models.URLField):
        yield lambda value: _invalid(field, value)
    if isinstance(field, models.IntegerField):
        low, high = BaseDatabaseOperations.integer_field_ranges[field.get_internal_type()]
        yield lambda value: "" if value is None or low <= value <= high else f"{value} is not from {low} to {high}."


def _too_long(value: Any, limit: int) -> str:
    if value is None or len(value) <= limit:
        return ""
    return f"“{value[:40]}…” has {len(value):,} characters; there is room for {limit:,}."


def _invalid(field: models.URLField[Any, Any], value: str) -> str:
    if not value:
        return ""
    try:
        field.run_validators(value)
    except ValidationError:
        return f"“{value[:200]}” is no address of the web."
    return ""


def _place_of(draft: Draft, relation: str) -> str:
    return _where(draft, PARTS[relation][1])


def _place(draft: Draft, name: str) -> str:
    from archive.accession.provenance import FIELDS  # which asks this package for much else

    return _where(draft, FIELDS[name]) if name in FIELDS else ""


def _where(draft: Draft, kind: type[Value]) -> str:
    """Where the words of the first such field stand."""
    field = draft.first(kind)
    if field is None:
        return ""
    if field.locator:
        return f" It stands at {field.locator}."
    return f" It stands at characters {field.span.start}–{field.span.end}." if field.span else ""
