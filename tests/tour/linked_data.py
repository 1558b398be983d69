"""A check of shapes that found something, and a look-up, for the tour."""

from __future__ import annotations

from typing import Any

from archive.lod.models import LookUp, ShapeCheck
from archive.models import Agent, Document


def fill_checks(user: Any, document: Document) -> ShapeCheck:
    """A check that found a record without its shape, and one in work."""
    ShapeCheck.objects.create(created_by=user, state="queued", total=40)
    check = ShapeCheck.objects.create(created_by=user, state="done", total=40, done=40, failing=1)
    check.failures.create(
        identifier=document.identifier, kind="document", thing=document.pk,
        node=f"https://archive.example.org/documents/{document.identifier}#text-1",
        path="http://www.w3.org/1999/02/22-rdf-syntax-ns#value", message="A text has its words.",
    )  # fmt: skip
    return check


def fill_look_up(user: Any, agent: Agent) -> LookUp:
    """A look-up of one person that is done."""
    look_up = LookUp.objects.create(
        created_by=user, kind="agent", service="wikidata", state="done", total=1, done=1, found=2
    )
    look_up.items.create(thing=agent.pk, proposed=3, new=2)
    return look_up
