"""Draft of an archival unit: what a finding aid says of a fond, a series or a file."""

from __future__ import annotations

from dataclasses import dataclass

from archive.drafts.draft import Field, Identity, Notice
from archive.drafts.values import Value


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """One unit of an archival tree. A reader yields a unit before those below it.

    ``parent`` is the identity of the unit above, None for the topmost. ``level`` is the level as the source names
    it, ``code`` empty where it gives none. ``fields`` holds the rest of the description: titles, dates, statements,
    notes, links. ``internal`` holds what the source marks as not for the public. ``position`` is the place among
    the units under the same parent, from 1.
    """

    identity: Identity
    parent: Identity | None
    level: str
    code: str
    fields: tuple[Field[Value], ...] = ()
    notices: tuple[Notice, ...] = ()
    position: int = 1
    internal: tuple[Field[Value], ...] = ()
