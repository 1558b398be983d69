"""Unit records: everything that is said of one archival unit, as descriptions are of documents.

Only of units that everybody may know: those in or below which a public document is kept.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from archive import uris
from archive.description.assembly import statements_of
from archive.description.parts import StatementDescription, UnitDescription
from archive.description.surroundings import unit_of
from archive.models import ArchivalReference, ArchivalUnit, Document, Page
from archive.sets.memberships import sets_of_everything
from archive.sets.units import specs_of_units
from archive.units import ancestors, leading_to, path

#: Units and documents that are listed right below a unit. There can be any number; a page shows the others.
LISTED = 1000


@dataclass(frozen=True, slots=True)
class HeldUnit:
    """A unit right below another."""

    identifier: str
    uri: str
    level: str
    code: str
    title: str
    dates: str


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """A public document that is kept in a unit. ``date`` is in EDTF, ``reference`` as the document gives it."""

    identifier: str
    uri: str
    title: str
    language: str
    date: str
    date_verbatim: str
    reference: str
    pictured: bool


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One archival unit, with everything in the order in which it is to be shown."""

    #: The unit's primary key, by which callers find it again. Never published.
    key: int
    identifier: str
    uri: str
    level: str
    code: str
    title: str
    #: As they are written; ``date`` is the first of them in EDTF.
    dates: str
    date: str
    extent: str
    description: str
    statements: tuple[StatementDescription, ...]
    created_on: datetime.date
    #: From the repository down to the unit above.
    above: tuple[UnitDescription, ...]
    #: At most ``LISTED`` of each.
    units: tuple[HeldUnit, ...]
    documents: tuple[HeldDocument, ...]
    #: OAI setSpecs in order, those of the sets above included.
    sets: tuple[str, ...]


def describe_units(unit_ids: Iterable[int]) -> list[UnitRecord]:
    """The records of units, ordered by primary key; those that nobody may know of are passed over.

    Takes the same number of queries for one unit as for a hundred.
    """
    found = list(_public().filter(pk__in=list(unit_ids)).order_by("pk"))
    if not found:
        return []
    keys = [unit.pk for unit in found]
    above = ancestors(keys)
    sets, whole = specs_of_units(above), sets_of_everything()
    units, documents = _units_in(keys), _documents_in(keys)
    return [
        _record(unit, above, units.get(unit.pk, ()), documents.get(unit.pk, ()), sorted({*whole, *sets[unit.pk]}))
        for unit in found
    ]


def public_units(unit_ids: Iterable[int]) -> set[int]:
    """Those of some units that everybody may know of, by primary key."""
    return set(_public().filter(pk__in=list(unit_ids)).order_by().values_list("pk", flat=True))


def _public() -> QuerySet[ArchivalUnit]:
    return ArchivalUnit.objects.filter(leading_to(Document.objects.public()))


def _units_in(keys: list[int]) -> dict[int, tuple[HeldUnit, ...]]:
    """The public units right below each unit, in their order."""
    place = Window(RowNumber(), partition_by=F("parent_id"), order_by=[F("sort_key").asc(), F("pk").asc()])
    found: dict[int, list[HeldUnit]] = {}
    for unit in _public().filter(parent__in=keys).annotate(place=place).filter(place__lte=LISTED).order_by("place"):
        held = HeldUnit(unit.identifier, uris.unit(unit.identifier), unit.level, unit.code, unit.title, unit.dates)
        found.setdefault(unit.parent_id or 0, []).append(held)
    return {key: tuple(held) for key, held in found.items()}


def _documents_in(keys: list[int]) -> dict[int, tuple[HeldDocument, ...]]:
    """The public documents whose references lead to each unit itself, by date; each once."""
    order = [F("document__date_earliest").asc(nulls_last=True), F("document_id").asc(), F("pk").asc()]
    place = Window(RowNumber(), partition_by=F("unit_id"), order_by=order)
    rows = (
        ArchivalReference.objects.filter(unit__in=keys, document__in=Document.objects.public())
        .annotate(place=place, pictured=Exists(Page.objects.filter(document=OuterRef("document_id"))))
        .filter(place__lte=LISTED)
        .order_by("place")
        .values_list(
            "unit_id", "document__identifier", "document__title", "document__title_language", "document__date",
            "document__date_verbatim", "verbatim", "pictured",
        )
    )  # fmt: skip
    found: dict[int, dict[str, HeldDocument]] = {}
    for unit, identifier, title, language, date, verbatim, reference, pictured in rows:
        uri = uris.document(identifier)
        document = HeldDocument(identifier, uri, title, language, date, verbatim, reference, pictured)
        found.setdefault(unit, {}).setdefault(identifier, document)
    return {unit: tuple(held.values()) for unit, held in found.items()}


def _record(
    unit: ArchivalUnit,
    above: Mapping[int, ArchivalUnit],
    units: tuple[HeldUnit, ...],
    documents: tuple[HeldDocument, ...],
    sets: list[str],
) -> UnitRecord:
    return UnitRecord(
        key=unit.pk,
        identifier=unit.identifier,
        uri=uris.unit(unit.identifier),
        level=unit.level,
        code=unit.code,
        title=unit.title,
        dates=unit.dates,
        date=unit.date,
        extent=unit.extent,
        description=unit.description,
        statements=tuple(statements_of(unit.statements)),
        created_on=unit.created_at.date(),
        above=tuple(unit_of(each) for each in path(unit.pk, above)[:-1]),
        units=units,
        documents=documents,
        sets=tuple(sets),
    )
