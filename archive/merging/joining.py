"""Joining: the verb that makes two authorities one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core import serializers
from django.db import models, transaction

from archive import history
from archive.merging.inheritance import take_over
from archive.merging.plans import Part, preview
from archive.merging.shares import Authority
from archive.merging.standing import batches, changed_by, locked, names_of, touch
from archive.models import AgentName, Merge
from archive.naming import kind_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def merge(kept: Authority, merged: Authority, *, by: User | None) -> Merge:
    """Let ``kept`` take the place of ``merged``, on behalf of ``by``.

    ``affected`` tells which documents to refresh when this is committed.

    :raises MergeRefused: if the two cannot be made one.
    """
    kept, merged = locked(kept, merged)
    planned = preview(kept, merged)
    changing = changed_by(merged) | {kept.pk}
    history.keep(changing, of=type(kept))
    record: dict[str, Any] = {"moved": [], "dropped": [], "added": [], "inherited": {}, "learned": []}
    for part in planned.parts:
        if part.share.model is AgentName:
            record["learned"] += _entered(part, kept)
        record["dropped"] += _drop(part)
        record["moved"].append(_move(part, kept))
    if planned.name:
        record["added"].append(_described(add_name(kept, planned.name, waits=planned.name_waits)))
    record["inherited"] = take_over(kept, planned.inherited)
    merged.merged_into = kept
    merged.save(update_fields=["merged_into", "modified_at"])
    touch(kept)
    said = f"“{merged}” ({merged.identifier}) merged into “{kept}” ({kept.identifier})"
    history.record(changing, act=history.MERGED, by=by, note=said, of=type(kept))
    return Merge.objects.create(kind=kind_of(type(kept)), kept_key=kept.pk, merged_key=merged.pk, by=by, moved=record)


def _drop(part: Part) -> list[dict[str, Any]]:
    """Delete what the kept one has already, and return the rows as they were."""
    gone: list[dict[str, Any]] = []
    for keys in batches(part.dropping):
        rows = part.share.model._default_manager.filter(pk__in=keys)
        gone += [{**row, "fields": _exactly(row["fields"])} for row in serializers.serialize("python", rows)]
        rows.delete()
    return gone


def _entered(part: Part, kept: Authority) -> list[int]:
    """Let names that documents brought to the kept one count as entered, where somebody entered them for the other.

    Their keys are returned.
    """
    entered = AgentName.objects.filter(pk__in=part.dropping, learned=False).values("value")
    brought = AgentName.objects.filter(agent=kept.pk, learned=True, value__in=entered)
    keys = list(brought.values_list("pk", flat=True))
    AgentName.objects.filter(pk__in=keys).update(learned=False)
    return keys


def _exactly(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as JSON keeps them to the letter; Django's encoder would cut moments to milliseconds."""
    return {name: each.isoformat() if isinstance(each, datetime) else each for name, each in columns.items()}


def _move(part: Part, kept: Authority) -> dict[str, Any]:
    """Lead rows to the kept one, and return which they are and what else was in the columns that changed."""
    rows = part.share.model._default_manager
    before: dict[str, dict[str, Any]] = {}
    for keys in batches(part.moving):
        if part.share.changes:
            before.update(
                {str(row.pop("pk")): row for row in rows.filter(pk__in=keys).values("pk", *part.share.changes)}
            )
        rows.filter(pk__in=keys).update(**{part.share.column: kept, **part.share.changes})
    return {
        "model": part.share.model._meta.label_lower,
        "column": part.share.column,
        "keys": list(part.moving),
        "before": before,
    }


def add_name(kept: Authority, name: str, *, waits: bool) -> models.Model:
    """The merged one's name as one more name of the kept one; AgentName and ConceptLabel default to such a kind.

    One that ``waits`` is an agent's, and counts as brought by the documents that are not public.
    """
    return names_of(kept).create(value=name, **({"learned": True} if waits else {}))  # type: ignore[no-any-return]


def _described(row: models.Model) -> dict[str, Any]:
    return {"model": row._meta.label_lower, "key": row.pk}
