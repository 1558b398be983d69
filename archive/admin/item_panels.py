"""Panels of an item's page: what it changed or would change, and names of it that other authorities bear too."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from archive.accession.alternatives import Likenesses, alternatives_of, likely_bearers
from archive.accession.differing import differences_of
from archive.models import AccessionItem
from archive.models.accession import ItemState


def looked_at(item: AccessionItem) -> dict[str, Any]:
    """The difference that the item made, or would make."""
    if item.state == ItemState.LOOKED_AT:
        return {"differences": item.looked.get("changes", []), "kept": item.looked.get("kept", [])}
    told = differences_of([item]).get(item.pk, {})
    return {"differences": told.get("changes", []), "kept": told.get("kept", [])}


def names_alike(request: HttpRequest, item: AccessionItem) -> dict[str, Any]:
    """Authorities of the document that may be others, with what the button needs that leads to merging them."""
    names = Likenesses()
    told = alternatives_of([item], names).get(item.pk, [])
    if item.state == ItemState.LOOKED_AT:
        told = likely_bearers(item, names)
    may_merge = request.user.has_perm("archive.merge_authority")
    return {"alike": [_row(each, may_merge=may_merge) for each in told]}


def _row(told: dict[str, Any], *, may_merge: bool) -> dict[str, Any]:
    """One name; ``merge`` holds the primary keys of those that the merging is shown for."""
    kind = told["kind"]
    keys = [each["key"] for each in (told, *told["others"]) if each["key"]]
    return {
        **told,
        "address": _address(kind, told["key"]) if told["key"] else "",
        "others": [{**each, "address": _address(kind, each["key"])} for each in told["others"]],
        "merge": keys if may_merge and len(keys) > 1 else [],
        "merging": reverse(f"admin:archive_{kind}_changelist"),
    }


def _address(kind: str, key: int) -> str:
    return reverse(f"admin:archive_{kind}_change", args=[key])
