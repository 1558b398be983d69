"""Units: the place where archival trees, as a finding aid describes them, are entered."""

from __future__ import annotations

from collections.abc import Sequence

from archive.drafts import UnitDraft
from archive.models import AccessionSource


def enter_units(units: Sequence[UnitDraft], *, source: AccessionSource) -> list[str]:
    """Enter units, in the transaction that writes down how far the source was read; notices on that source.

    Called for each batch of drafts with a unit in it, in the order of the source, so that a parent is there before
    what is below it. A batch may come again where its worker was killed before the end of the transaction, never
    after. Descriptions of units are not taken in yet, and the notice says so.
    """
    first = units[0]
    return [
        f"{len(units)} descriptions of archival units, from {first.level} {first.code} on, "
        "are kept with the original and not taken in."
    ]
