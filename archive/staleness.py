"""Staleness: which archival units and other things beside documents have to be told anew.

A mark is written in the transaction of a change, for whatever tells of what was changed; a worker finds it
(archive.publication.retelling). Marking too much costs a rendering that changes nothing, and moves no datestamp.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef

from archive.models import ArchivalReference, ArchivalUnit, Document, Kind, Representation, Stale
from archive.models.document import DocumentQuerySet
from archive.selections import insert_each
from archive.units import ancestors, within_all


def mark(kind: Kind, things: Iterable[int]) -> None:
    """Mark things of a kind, by primary key."""
    Stale.objects.bulk_create([Stale(kind=kind, thing=each) for each in sorted(set(things))], batch_size=500)


def mark_around(model: type[models.Model], keys: Iterable[int]) -> None:
    """Mark all that tells of these documents or units, which are being changed; of other models nothing does."""
    ids = list(keys)
    if not ids:
        return
    if model is Document:
        mark_units_of(Document.objects.public().filter(pk__in=ids))
    elif model is ArchivalUnit:
        _mark_units_around(ids)


def mark_units_of(documents: DocumentQuerySet) -> list[int]:
    """Mark the units in which documents are kept, and all above: they list them, or become public with them.

    Returns their primary keys.
    """
    held = ArchivalReference.objects.filter(document__in=documents.order_by().values("pk"), unit__isnull=False)
    found = sorted(ancestors(held.order_by().values_list("unit_id", flat=True).distinct()))
    mark(Kind.UNIT, found)
    return found


def _mark_units_around(keys: list[int]) -> None:
    """Mark units, those above, which list them, and those below that are public, which name all above."""
    mark(Kind.UNIT, ancestors(keys))
    told: Any = Representation.objects.filter(kind=Kind.UNIT, withdrawn=False, number=OuterRef("numbered"))
    below = ArchivalUnit.objects.filter(pk__in=within_all(keys)).exclude(pk__in=keys)
    below = below.annotate(numbered=F("pk") + Kind.UNIT.number(0)).filter(Exists(told)).order_by()
    insert_each(Stale, below.values_list("pk"), "thing", kind=Kind.UNIT)
