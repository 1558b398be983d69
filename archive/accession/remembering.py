"""Remembering: the history of what an accession made beside its documents, written in their transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from archive import history, units
from archive.models import Agent, ArchivalReference, ArchivalUnit, Concept, Contribution, Place, Subject

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def remember_made(documents: Collection[int], *, since: datetime, by: User | None, note: str) -> None:
    """Let the history of authorities and archival units begin that were made for documents since a moment."""
    if not documents:
        return
    parts = Contribution.objects.filter(document__in=documents, agent__created_at__gte=since)
    agents = set(parts.order_by().values_list("agent", flat=True))
    made: dict[type[models.Model], set[int]] = {Agent: agents, Place: set(), Concept: set()}
    for kind, model in (("agent", Agent), ("place", Place), ("concept", Concept)):
        subjects = Subject.objects.filter(document__in=documents, **{f"{kind}__created_at__gte": since})
        made[model] |= set(subjects.order_by().values_list(kind, flat=True))
    made[ArchivalUnit] = _units(documents, since)
    for of, keys in made.items():
        if keys:
            history.record(keys, act=history.ACCESSION, by=by, note=note, of=of)


def _units(documents: Collection[int], since: datetime) -> set[int]:
    held = ArchivalReference.objects.filter(document__in=documents, unit__created_at__gte=since)
    above = units.ancestors(held.order_by().values_list("unit", flat=True).distinct())
    return {unit.pk for unit in above.values() if unit.created_at >= since}
