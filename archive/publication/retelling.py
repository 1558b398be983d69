"""Retelling: archival units, and whatever else is told of beside documents, rendered anew where they are marked.

A thing is public by what public documents say, so that nobody publishes it: it comes with its first document, and goes
with its last. Marks say what has to be looked at (archive.staleness); docs/adr/0008 says why none is lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from archive.away import DATABASE_AWAY
from archive.description.authorities import (
    describe_agents,
    describe_collections,
    describe_concepts,
    describe_places,
    describe_schemes,
    public_agents,
    public_collections,
    public_concepts,
    public_places,
    public_schemes,
)
from archive.description.units import describe_units, public_units
from archive.models import Agent, ArchivalUnit, Collection, Concept, ConceptScheme, Kind, Place, Representation, Stale
from archive.representations import Rendered, compare, render_as, write
from archive.representations import withdraw as withdraw_representations
from archive.units import ancestors

logger = logging.getLogger(__name__)

#: Things in one transaction.
BATCH = 50


@dataclass(frozen=True, slots=True)
class Teller:
    """How things of a kind are told: the model whose rows are locked, which are public, and who describes those.

    A description has ``key``, ``identifier`` and ``sets``, as archive.description.units has them.
    """

    model: type[models.Model]
    public: Callable[[Iterable[int]], set[int]]
    describe: Callable[[Iterable[int]], Sequence[Any]]
    #: Things, and what is above them.
    upwards: Callable[[Iterable[int]], Iterable[int]] = set


#: To tell of another kind, name it here, and mark what is stale of it.
TELLERS: dict[Kind, Teller] = {
    Kind.UNIT: Teller(ArchivalUnit, public_units, describe_units, ancestors),
    Kind.AGENT: Teller(Agent, public_agents, describe_agents),
    Kind.PLACE: Teller(Place, public_places, describe_places),
    Kind.CONCEPT: Teller(Concept, public_concepts, describe_concepts),
    Kind.COLLECTION: Teller(Collection, public_collections, describe_collections),
    Kind.SCHEME: Teller(ConceptScheme, public_schemes, describe_schemes),
}


def retell() -> int:
    """Render what is marked until nothing is; return how many representations changed."""
    changed = 0
    for kind, teller in TELLERS.items():
        while batch := _marked(kind):
            changed += _retell(kind, teller, batch)
    return changed


def untold() -> bool:
    """Whether there is anything to retell."""
    return Stale.objects.filter(kind__in=list(TELLERS)).exists()


def hide(kind: Kind, pks: Iterable[int]) -> int:
    """Withdraw those of things that nobody may know of any more; for withdrawing, which renders nothing."""
    numbers = [kind.number(pk) for pk in pks]
    told = Representation.objects.filter(number__in=numbers, withdrawn=False).values_list("number", flat=True)
    asked = {kind.pk_of(number) for number in told}
    return withdraw_representations(asked - TELLERS[kind].public(asked), kind=kind) if asked else 0


def _marked(kind: Kind) -> list[int]:
    marks = Stale.objects.filter(kind=kind).order_by("thing").values_list("thing", flat=True)
    return list(marks.distinct()[:BATCH])


@transaction.atomic
def _retell(kind: Kind, teller: Teller, pks: list[int]) -> int:
    """Render things as they are now, and withdraw those that are not public; their marks are done with.

    Locked first: two workers that render one thing come one after the other, and the second sees what the first saw or
    more. Marks are read after that and before anything else, so that each mark deleted is of a change that is seen.
    """
    _lock(teller, pks)
    marks = list(Stale.objects.filter(kind=kind, thing__in=pks).values_list("pk", "thing"))
    asked = {thing for _, thing in marks}
    described = teller.describe(asked) if asked else ()
    rendered = list(_rendered(kind, described))
    Stale.objects.filter(pk__in=[pk for pk, _ in marks]).delete()
    difference = compare(rendered)
    gone = asked - {each.key for each in described}
    return write(difference) + withdraw_representations(gone, kind=kind)  # last, as they ask to be


def _lock(teller: Teller, pks: list[int]) -> None:
    """Lock things, and what is above units, in the order of their keys.

    A unit that nobody may know of yet is not marked when one above it is changed. So whoever is changing one above is
    waited for, and whoever comes later finds this one public, and marks it.
    """
    locked: set[int] = set()
    while lacking := set(teller.upwards(pks)) - locked:  # once more where it was moved until its lock was there
        rows = teller.model._default_manager.select_for_update(no_key=True).filter(pk__in=lacking).order_by("pk")
        list(rows.values_list("pk"))
        locked |= lacking


def _rendered(kind: Kind, described: Iterable[Any]) -> Iterator[Rendered]:
    """What can be rendered. What cannot stays as it was, until it is marked again: trying again would not mend it."""
    for each in described:
        try:
            renderings = tuple(render_as(kind, each))
        except DATABASE_AWAY:
            raise
        except Exception:
            logger.exception("%s %s cannot be rendered", kind, each.identifier)
            continue
        yield Rendered(each.key, kind.identifier(each.identifier), each.sets, renderings, kind)
