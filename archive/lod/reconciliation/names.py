"""Names: every name of agents, places and concepts, with the terms by which it is found.

``keep`` makes the table say what the archive says, by comparing the two in the database. So nothing that changes a name
need know of it, and what was missed once is found the next time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from archive.lod.models import KnownName, NameTerm
from archive.models import Agent, AgentName, Concept, ConceptLabel, Place, PlaceName
from archive.vocab.romanization import keys, skeleton

#: Names in one transaction.
BATCH = 1000
#: Words of a name that count, for finding and when it is asked for.
WORDS = 8


@dataclass(frozen=True, slots=True)
class Source:
    """A table with names: of which kind, and the columns for the thing and for what it is called."""

    kind: str
    model: type
    thing: str
    value: str


SOURCES = (
    Source("agent", Agent, "pk", "name"),
    Source("agent", AgentName, "agent_id", "value"),
    Source("place", Place, "pk", "name"),
    Source("place", PlaceName, "place_id", "value"),
    Source("concept", Concept, "pk", "name"),
    Source("concept", ConceptLabel, "concept_id", "value"),
)


def terms(name: str) -> set[str]:
    """The terms of a name: the key of each word, its consonants after ``~``, and all keys together after ``=``."""
    found = keys(name)[:WORDS]
    return {*found, *(f"~{skeleton(each)}" for each in found), whole(found)} if found else set()


def whole(name_keys: tuple[str, ...]) -> str:
    """The term of a whole name, in whatever order its words stand."""
    return "=" + "".join(sorted(name_keys))


def keep() -> int:
    """Add the names that are missing and delete those that are no more; the number of both."""
    changed = 0
    for source in SOURCES:
        while batch := list(islice(_missing(source), BATCH)):
            changed += _add(source.kind, batch)
    for kind in ("agent", "place", "concept"):
        gone = KnownName.objects.filter(kind=kind).exclude(_still_there(kind))
        changed += gone.count()
        gone.delete()
    return changed


def _missing(source: Source) -> Iterator[tuple[int, str]]:
    known = KnownName.objects.filter(kind=source.kind, thing=OuterRef("known_thing"), value=OuterRef("known_value"))
    rows: QuerySet[Agent] = source.model._default_manager.order_by()  # type: ignore[attr-defined]
    named = rows.annotate(known_thing=F(source.thing), known_value=F(source.value)).exclude(**{source.value: ""})
    return named.filter(~Exists(known)).values_list("known_thing", "known_value")[:BATCH].iterator()


@transaction.atomic
def _add(kind: str, batch: list[tuple[int, str]]) -> int:
    rows = [KnownName(kind=kind, thing=thing, value=value) for thing, value in dict.fromkeys(batch)]
    KnownName.objects.bulk_create(rows, ignore_conflicts=True)
    wanted = KnownName.objects.filter(kind=kind, thing__in={thing for thing, _ in batch}, terms=None)
    NameTerm.objects.bulk_create(
        [NameTerm(name=name, term=term) for name in wanted for term in sorted(terms(name.value)) or [""]],
        batch_size=5000,
    )
    return len(rows)


def _still_there(kind: str) -> Q:
    """That some table has the name."""
    there = Q()
    for source in SOURCES:
        if source.kind == kind:
            named = source.model._default_manager.filter(  # type: ignore[attr-defined]
                **{source.thing: OuterRef("thing"), source.value: OuterRef("value")}
            )
            there |= Q(Exists(named.order_by()))
    return there
