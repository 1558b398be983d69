"""Outcomes: what becomes of drafts that come to the door."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from archive.models import Document


class Outcome(StrEnum):
    """What became of a draft."""

    CREATED = "created"
    UPDATED = "updated"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of a draft. ``document`` is None, and ``reason`` tells why, where it was refused.

    ``notice`` is what an archivist should know of a document that is in all the same.
    """

    outcome: Outcome
    document: Document | None
    reason: str = ""
    notice: str = ""

    @property
    def changed(self) -> bool:
        """Whether the archive says something now that it did not say before."""
        return self.outcome in (Outcome.CREATED, Outcome.UPDATED)
