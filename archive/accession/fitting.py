"""Fitting: whether what a draft says can stand in the database, said before anything is written.

A batch is written with a few statements, and one value that its column does not take would fail them all. So each
document is held against the columns first, and refused alone, with the name of the field and the place of the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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
    checks = _checks(Document)
    for name, value in contents.fields.items():
        if name in checks and (problem := _problem(checks[name], value)):
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
    checks = _checks(model)
    return next(
        (f"{name}: {problem}" for name, value in values.items() if (problem := _problem(checks.get(name, ()), value))),
        "",
    )


def _problem_of_row(relation: str, row: Row) -> str:
    checks = _checks(PARTS[relation][0])
    for name, value in row.items():
        problem = _problem(checks[name], value) if name in checks else ""
        if problem or (isinstance(value, Named) and (problem := _misnamed(value))):
            return f"{name.replace('_', ' ')}: {problem}"
    return _misplaced(row) if relation == "subjects" else ""


def _misnamed(named: Named) -> str:
    """What is wrong with the name of an authority."""
    if not named.name.strip():
        return "it has no name."
    if named.kind not in _AUTHORITIES:
        return "no such kind."
    return _problem(_checks(_AUTHORITIES[named.kind])["name"], named.name)


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


def _problem(checks: Iterable[Check], value: Any) -> str:
    for check in checks:
        if problem := check(value):
            return problem
    return ""


@cache
def _checks(model: type[models.Model]) -> Mapping[str, tuple[Check, ...]]:
    """What columns ask of their values, without what costs time and cannot fail."""
    asked = {field.name: tuple(_checks_of(field)) for field in model._meta.concrete_fields}
    return {name: checks for name, checks in asked.items() if checks}


def _checks_of(field: Any) -> Iterator[Check]:
    if field.max_length and not field.choices:
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
