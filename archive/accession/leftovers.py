"""Leftovers: authorities and archival units that an accession made, and that nothing uses once it is undone.

What was made is told by its first revision, which outlives it: so the report can be made anew after a kill.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from archive import history
from archive.history.aggregates import AGGREGATES
from archive.history.contents import checksum
from archive.models import (
    Accession,
    AccessionSource,
    Agent,
    ArchivalReference,
    ArchivalUnit,
    Concept,
    Contribution,
    EntityRevision,
    Merge,
    Place,
    Subject,
)

#: Those taken away in one transaction.
BATCH = 200
#: Those that stay and are told one by one; of more, the number.
TOLD = 200

KINDS: dict[str, type[models.Model]] = {
    "agent": Agent,
    "place": Place,
    "concept": Concept,
    "archivalunit": ArchivalUnit,
}


@dataclass(frozen=True, slots=True)
class Leftover:
    """One thing that an accession made, and why it stays; empty where it goes."""

    kind: str
    key: int
    identifier: str
    name: str
    why: str = ""

    def as_data(self) -> dict[str, str]:
        """For the record of the accession."""
        return {"kind": self.kind, "identifier": self.identifier, "name": self.name, "why": self.why}


def remove(accession: Accession, *, heartbeat: Callable[[], None]) -> dict[str, Any]:
    """Take away what nothing uses and nobody has changed, batch by batch; say what went and what stays.

    ``heartbeat`` is called in the transaction of each batch, and ends it where it raises.
    """
    for kind, model in KINDS.items():
        while going := _unused(accession, kind)[:BATCH]:
            with transaction.atomic():
                heartbeat()
                locked = model._default_manager.select_for_update().filter(pk__in=going).order_by("pk")
                things = list(locked)
                doomed = [each.key for each in judge(kind, things) if not each.why]
                model._default_manager.filter(pk__in=doomed).delete()
            if not doomed:
                break
    return report(accession)


def report(accession: Accession) -> dict[str, Any]:
    """How many of each kind are gone, and which stay and why."""
    removed, kept, more = {}, [], 0
    for kind, model in KINDS.items():
        made = list(made_by(accession, kind).values_list("key", flat=True))
        there = list(model._default_manager.filter(pk__in=_few(made)).order_by("pk"))
        count = _counted(model, made)
        if len(made) > count:
            removed[kind] = len(made) - count
        told = judge(kind, there)
        kept += [each.as_data() for each in told if each.why]
        more += count - len(there)
    return {"removed": removed, "kept": kept, "more": more}


def made_by(accession: Accession, kind: str) -> QuerySet[EntityRevision]:
    """The first revisions of what an accession made."""
    sources = AccessionSource.objects.filter(accession=accession, name=OuterRef("note"))
    until = Q(at__lte=accession.finished_at) if accession.finished_at else Q()
    first = EntityRevision.objects.filter(until, kind=kind, number=1, act=history.ACCESSION)
    mine = first.filter(Q(note=str(accession)) | Exists(sources), at__gte=accession.created_at)
    return mine.order_by("key")


def made_among(accession: Accession, kind: str, keys: Iterable[int]) -> set[int]:
    """Those of some things that an accession made."""
    return set(made_by(accession, kind).filter(key__in=list(keys)).order_by().values_list("key", flat=True))


def judge(kind: str, things: Sequence[Any]) -> list[Leftover]:
    """Why each of some things stays, or nothing if it can go. A constant number of queries."""
    keys = [each.pk for each in things]
    if not keys:
        return []
    model = KINDS[kind]
    left = _as_left(kind, keys)
    now = {pk: checksum(each) for pk, each in history.snapshots(keys, of=model).items()}
    used = _uses(kind, keys)
    merged = set(Merge.objects.filter(kind=kind, kept_key__in=keys).values_list("kept_key", flat=True))
    return [
        Leftover(kind, each.pk, each.identifier, str(each), _why(each.pk, used, merged, now, left)) for each in things
    ]


def _as_left(kind: str, keys: Sequence[int]) -> dict[int, set[str]]:
    """Checksums of what each thing was before anybody changed it.

    An agent is made with the first document that names it; a later batch, or a later accession, may find another name
    written for it, which is no change by anybody.
    """
    revisions = AGGREGATES[KINDS[kind]].revisions.filter(key__in=keys).order_by("key", "number")
    if kind != "agent":
        revisions = revisions.filter(number=1)
    left: dict[int, set[str]] = {}
    made: dict[int, tuple[Any, Any]] = {}
    changed: set[int] = set()
    for key, number, act, found, contents in revisions.values_list("key", "number", "act", "checksum", "contents"):
        said = contents["fields"], contents["rows"].get("links")
        if number == 1:
            made[key] = said
        elif act != history.ACCESSION or said != made.get(key):
            changed.add(key)
        if key not in changed:
            left.setdefault(key, set()).add(found)
    return left


def _why(pk: int, used: set[int], merged: set[int], now: dict[int, str], left: dict[int, set[str]]) -> str:
    if pk in used:
        return "is used elsewhere"
    if pk in merged:
        return "another was merged into it"
    return "" if now.get(pk) in left.get(pk, ()) else "was changed since"


def _uses(kind: str, keys: Sequence[int]) -> set[int]:
    """Those that something refers to."""
    if kind == "archivalunit":
        uses = [(ArchivalReference, "unit"), (ArchivalUnit, "parent")]
    else:
        uses = [(Subject, kind), (KINDS[kind], "merged_into")]
    if kind == "agent":
        uses.append((Contribution, "agent"))
    if kind == "place":
        uses.append((Place, "broader"))
    if kind == "concept":
        uses += [(Concept.broader.through, "to_concept"), (Concept.related.through, "to_concept")]
    found: set[int] = set()
    for model, column in uses:
        rows = model._default_manager.filter(**{f"{column}__in": keys}).order_by()
        found |= set(rows.values_list(column, flat=True))
    return found


def _unused(accession: Accession, kind: str) -> list[int]:
    """Those that are there and can go; of units, those with nothing below them."""
    going: list[int] = []
    made = list(made_by(accession, kind).values_list("key", flat=True))
    for start in range(0, len(made), BATCH):
        things = list(KINDS[kind]._default_manager.filter(pk__in=made[start : start + BATCH]))
        going += [each.key for each in judge(kind, things) if not each.why]
        if len(going) >= BATCH:
            break
    return going


def _few(made: Sequence[int]) -> Sequence[int]:
    return made[:TOLD]


def _counted(model: type[models.Model], made: Sequence[int]) -> int:
    chunks = (made[start : start + 5000] for start in range(0, len(made), 5000))
    return sum(model._default_manager.filter(pk__in=chunk).count() for chunk in chunks)
