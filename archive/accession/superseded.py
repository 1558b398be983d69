"""Superseded: what is read again, though a newer file or a person has decided on its document since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archive.accession import entering
from archive.accession.originals import Originals
from archive.models import AccessionItem


def enter(batch: Sequence[AccessionItem], originals: Originals) -> None:
    """Enter what is read again, but for what a newer file or a person has decided on; such items are taken away."""
    passed_over = not_again(batch)
    AccessionItem.objects.filter(pk__in=passed_over).delete()
    rest = [each for each in batch if each.pk not in passed_over]
    if rest:
        entering.enter(rest, originals)


def not_again(batch: Sequence[AccessionItem]) -> set[int]:
    """The items whose document came from another file since, or was deleted. Two queries."""
    last = _last({each.identity for each in batch}, before=batch[0].accession_id)
    return {
        each.pk
        for each in batch
        if (known := last.get(each.identity)) and (known["document"] is None or _another(known, each))
    }


def _last(identities: set[str], *, before: int) -> dict[str, dict[str, Any]]:
    """The last item of each identity that came in with another accession."""
    items = AccessionItem.objects.filter(identity__in=identities, state__in=AccessionItem.CAME_IN)
    rows = items.exclude(accession=before).order_by("finished_at", "pk")
    return {each["identity"]: dict(each) for each in rows.values("identity", "document", "source__original")}


def _another(known: dict[str, Any], item: AccessionItem) -> bool:
    return bool(known["source__original"] != item.source.original_id)
