"""Remembering: the history of what an accession made beside the document, written in its transaction."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from archive import history, units
from archive.models import Agent, ArchivalUnit, Document

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def remember_made(document: Document, *, since: datetime, by: User | None, note: str) -> None:
    """Let the history of agents and archival units begin that were made for a document since a moment."""
    agents = Agent.objects.filter(contributions__document=document, created_at__gte=since).order_by()
    _begin(Agent, set(agents.values_list("pk", flat=True)), by=by, note=note)
    held = document.references.filter(unit__created_at__gte=since).order_by()
    above = units.ancestors(held.values_list("unit", flat=True))
    _begin(ArchivalUnit, {unit.pk for unit in above.values() if unit.created_at >= since}, by=by, note=note)


def _begin(of: type[Agent] | type[ArchivalUnit], keys: set[int], *, by: User | None, note: str) -> None:
    if keys:
        history.record(keys, act=history.ACCESSION, by=by, note=note, of=of)
