"""Staleness: which archival units and other things beside documents have to be told anew.

A mark is written in the transaction of a change, for whatever tells of what was changed; a worker finds it
(archive.publication.retelling). Marking too much costs a rendering that changes nothing, and moves no datestamp.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from archive.models import (
    Agent,
    ArchivalReference,
    ArchivalUnit,
    Collection,
    Concept,
    ConceptScheme,
    Contribution,
    Document,
    Kind,
    Place,
    Representation,
    Stale,
    Subject,
)
from archive.models.document import DocumentQuerySet
from archive.selections import insert_each
from archive.units import ancestors, within_all

_KINDS: dict[type[models.Model], Kind] = {
    Agent: Kind.AGENT,
    Place: Kind.PLACE,
    Concept: Kind.CONCEPT,
    Collection: Kind.COLLECTION,
}


def mark(kind: Kind, things: Iterable[int]) -> None:
    """Mark things of a kind, by primary key."""
    Stale.objects.bulk_create([Stale(kind=kind, thing=each) for each in sorted(set(things))], batch_size=500)


def mark_around(model: type[models.Model], keys: Iterable[int]) -> None:
    """Mark all that tells of these documents, units, authorities or collections, which are being changed."""
    ids = list(keys)
    if not ids:
        return
    if model is Document:
        mark_units_of(Document.objects.public().filter(pk__in=ids))
        mark_named_by(Document.objects.public().filter(pk__in=ids))
    elif model is ArchivalUnit:
        _mark_units_around(ids)
    elif model is ConceptScheme:
        mark(Kind.SCHEME, ids)
        mark(Kind.CONCEPT, Concept.objects.filter(scheme__in=ids).order_by().values_list("pk", flat=True))
    elif model is Concept:
        marked = _with_neighbours(Kind.CONCEPT, set(ids))
        mark(Kind.CONCEPT, marked)
        mark(Kind.SCHEME, _schemes_of(marked))
    elif model in _KINDS:
        mark(_KINDS[model], _with_neighbours(_KINDS[model], set(ids)))


def mark_named_by(documents: DocumentQuerySet) -> dict[Kind, list[int]]:
    """Mark the agents, places and concepts that documents name, with their schemes, and the collections; return them.

    They become public with the first document and are withdrawn with the last; what they name themselves follows.
    """
    keys = documents.order_by().values("pk")
    subjects = Subject.objects.filter(document__in=keys).order_by()
    found: dict[Kind, set[int]] = {
        kind: set(subjects.filter(**{f"{column}__isnull": False}).values_list(f"{column}_id", flat=True).distinct())
        for kind, column in ((Kind.AGENT, "agent"), (Kind.PLACE, "place"), (Kind.CONCEPT, "concept"))
    }
    contributions = Contribution.objects.filter(document__in=keys).order_by()
    found[Kind.AGENT] |= set(contributions.values_list("agent_id", flat=True).distinct())
    found[Kind.COLLECTION] = set(Collection.documents.through.objects.filter(document__in=keys).values_list(
        "collection_id", flat=True
    ))  # fmt: skip
    marked = {kind: sorted(_with_neighbours(kind, things)) for kind, things in found.items() if things}
    if Kind.CONCEPT in marked:
        marked[Kind.SCHEME] = sorted(_schemes_of(marked[Kind.CONCEPT]))
    for kind, things in marked.items():
        mark(kind, things)
    return marked


def _with_neighbours(kind: Kind, things: set[int]) -> set[int]:
    """Things, and those that say of them that they are wider, narrower or related; collections with all above."""
    if kind is Kind.PLACE:
        rows = Place.objects.filter(Q(pk__in=things) | Q(broader__in=things)).order_by().values_list("pk", "broader_id")
        return things | {pk for pair in rows for pk in pair if pk}
    if kind is Kind.CONCEPT:
        links = [Concept.broader.through.objects, Concept.related.through.objects]
        pairs = [
            pair
            for rows in links
            for pair in rows.filter(Q(from_concept__in=things) | Q(to_concept__in=things)).values_list(
                "from_concept_id", "to_concept_id"
            )
        ]
        return things | {pk for pair in pairs for pk in pair}
    if kind is Kind.COLLECTION:
        parents = dict(Collection.objects.order_by().values_list("pk", "parent_id"))  # they are few
        found = things | {pk for pk, parent in parents.items() if parent in things}
        while above := {parents.get(pk) for pk in found} - found - {None}:
            found |= {pk for pk in above if pk}
        return found
    return things


def _schemes_of(concepts: Iterable[int]) -> set[int]:
    """The schemes of concepts: each is public with the first of its own."""
    rows = Concept.objects.filter(pk__in=list(concepts)).order_by()
    return set(rows.values_list("scheme_id", flat=True).distinct())


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
