"""Nouns: the kinds of record that are edited by the API, what they are called in addresses, and the rules of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from archive.history.aggregates import AGGREGATES
from archive.models import Agent, ArchivalUnit, Collection, Concept, ConceptScheme, Document, Place
from archive.models.document import GLOBAL_KINDS, KEPT, DocumentNumber, DocumentQuerySet
from archive.naming import documents_in, documents_naming, documents_within
from archive.rules import (
    problems_of_coordinates,
    problems_of_statement,
    problems_of_subject,
    refuse_unknown_date,
    refuse_unknown_rights,
)
from archive.units import problems_of as problems_of_unit

#: What is wrong with a record, each with the JSON pointer of its place.
Faults = Iterator[tuple[str, str]]
#: A record as it is edited: its members by name.
Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Noun:
    """One kind of record."""

    model: type[models.Model]
    #: In addresses, and in batches.
    name: str
    #: The column by which one is known in addresses.
    key: str
    #: Columns that tell records apart in a list.
    told: tuple[str, ...]
    #: What is wrong with a body that was changed, given the record as it was.
    faults: Callable[[models.Model, Body, Body], Faults]
    #: The documents that show what a record is called.
    showing: Callable[[Any], DocumentQuerySet]
    #: Columns that follow from others.
    derived: Callable[[Body], dict[str, Any]] = field(default=lambda body: {})

    @property
    def singular(self) -> str:
        """The name of one."""
        return self.name.removesuffix("s")

    def permission(self, verb: str) -> str:
        """The permission for a verb."""
        return f"archive.{verb}_{self.model._meta.model_name}"

    def permissions_for(self, relations: set[str]) -> list[str]:
        """What somebody needs besides who writes these parts anew. Rows that only link need nothing."""
        parts = [AGGREGATES[self.model].parts[relation] for relation in sorted(relations)]
        names = [part._meta.model_name for part in parts if not part._meta.auto_created]
        return [f"archive.{verb}_{name}" for name in names for verb in ("add", "change", "delete")]

    def may_be_deleted(self, thing: Any) -> bool:
        """Drafts alone: what the world knows of is withdrawn, and what documents refer to is merged."""
        return isinstance(thing, Document) and thing.state not in KEPT


def days(body: Body) -> dict[str, Any]:
    """The first and last day that the date of a document can mean."""
    first, last = refuse_unknown_date(body["date"])
    return {"date_earliest": first, "date_latest": last}


def faults_of_document(thing: Any, body: Body, changed: Body) -> Faults:
    """Statements, rights, subjects, and numbers that name one document in all the world."""
    try:
        refuse_unknown_rights(changed.get("rights_uri", ""))
    except ValidationError as error:
        yield "/rights_uri", str(error.messages[0])
    yield from _faults_of_statements(changed)
    for number, subject in enumerate(changed.get("subjects", ())):
        for name, problem in problems_of_subject(subject):
            yield f"/subjects/{number}/{name}", problem
    yield from _to_itself(thing, changed.get("relations", ()))
    yield from _places_of_texts(changed.get("texts", ()))
    yield from _taken_numbers(thing, changed.get("numbers", ()))


def _faults_of_statements(changed: Body) -> Faults:
    for number, statement in enumerate(changed.get("statements", ())):
        for problem in problems_of_statement(dict(statement)):
            yield f"/statements/{number}", problem


def _to_itself(thing: Any, relations: Any) -> Faults:
    for number, row in enumerate(relations):
        if row["target"] == thing.identifier:
            yield f"/relations/{number}/target", "This is the document itself."


def _places_of_texts(texts: Any) -> Faults:
    for number, text in enumerate(texts):
        place = text.get("derived_from")
        if place is not None and (place == number or place >= len(texts)):
            yield f"/texts/{number}/derived_from", "Give the place of another text in this list, from 0."


def _taken_numbers(thing: Any, numbers: Any) -> Faults:
    for number, row in enumerate(numbers):
        if row["kind"] in GLOBAL_KINDS:
            others = DocumentNumber.objects.filter(kind=row["kind"], value=row["value"]).exclude(document=thing.pk)
            if others.exists():
                yield f"/numbers/{number}/value", "Another document has this number."


def faults_of_place(thing: Any, body: Body, changed: Body) -> Faults:
    """Coordinates that are on earth."""
    given = (None if body[name] is None else Decimal(body[name]) for name in ("latitude", "longitude"))
    for name, problem in problems_of_coordinates(*given):
        yield f"/{name}", problem


def faults_of_unit(thing: Any, body: Body, changed: Body) -> Faults:
    """Statements, and a place in the tree that the unit can have. That what is above it is there, is asked later."""
    yield from _faults_of_statements(changed)
    above = ArchivalUnit.objects.filter(identifier=body["parent"]).first() if body["parent"] else None
    if above is None and body["parent"]:
        return
    for name, problem in problems_of_unit(thing, parent=above, level=body["level"], code=body["code"]):
        yield f"/{name}", problem


def no_faults(thing: Any, body: Body, changed: Body) -> Faults:
    """The fields say all."""
    yield from ()


def within(collection: Collection) -> DocumentQuerySet:
    """The documents in a collection or below it."""
    return documents_within([collection.pk])


def none(thing: models.Model) -> DocumentQuerySet:
    """No document says what a scheme is called."""
    return Document.objects.none()


def itself(document: Document) -> DocumentQuerySet:
    """The document."""
    return Document.objects.filter(pk=document.pk)


NOUNS: dict[str, Noun] = {
    noun.name: noun
    for noun in (
        Noun(Document, "documents", "identifier", ("title", "state"), faults_of_document, itself, days),
        Noun(Agent, "agents", "identifier", ("name", "kind"), no_faults, documents_naming),
        Noun(Place, "places", "identifier", ("name",), faults_of_place, documents_naming),
        Noun(Concept, "concepts", "identifier", ("name",), no_faults, documents_naming),
        Noun(ConceptScheme, "schemes", "slug", ("title",), no_faults, none),
        Noun(ArchivalUnit, "units", "identifier", ("level", "code", "title"), faults_of_unit, documents_in),
        Noun(Collection, "collections", "slug", ("title",), no_faults, within),
    )
}
