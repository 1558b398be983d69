"""What a list request asks for, and how far its harvester has come."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Selection(NamedTuple):
    """The records of one format, perhaps of one set, perhaps within a window of time.

    ``first`` and ``last`` are the first and last second of the window, both within it (section 2.7.1).
    """

    prefix: str
    spec: str = ""
    first: datetime | None = None
    last: datetime | None = None


class Key(NamedTuple):
    """Where a record stands in its list: by datestamp, and within one second by a primary key.

    That is its number (archive.models.Kind), or in the list of a set the representation's; each is unique within its
    list.
    """

    changed_at: datetime
    id: int


class Position(NamedTuple):
    """How far a harvester has come: the last record it has, how many those are, and of how many in all.

    The size was counted with the first page. A record that changes meanwhile moves to the end of the list and
    comes once more; it is never passed over.
    """

    after: Key
    cursor: int
    size: int
