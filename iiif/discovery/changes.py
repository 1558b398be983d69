"""Changes: the rows of the manifests in order of their datestamps, from either end and from anywhere between.

A stretch is found by a row value, ``(changed_at, number) < (?, ?)``, in the index that pages of OAI-PMH are
found by: the millionth row costs what the first does. Datestamps become visible in their own order
(docs/adr/0007): whatever a consumer could not see yet comes after all that it saw.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Self

from django.db import connections, router

from archive.models import Representation
from iiif.renderers import ManifestRenderer

#: Changes on one page.
SIZE = 250

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"(?P<end>first|last)|(?P<side>before|after)-(?P<moment>[0-9]{1,17})-(?P<document>[0-9]{1,18})")


class Change(NamedTuple):
    """What happened last to a manifest; ``appeared_at`` is when it came, or came again, where that is known."""

    identifier: str
    changed_at: datetime
    appeared_at: datetime | None
    withdrawn: bool
    number: int

    @property
    def kind(self) -> str:
        """The type of activity (section 3.3)."""
        if self.withdrawn:
            return "Delete"
        return "Create" if self.appeared_at == self.changed_at else "Update"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies: at the ``first`` or ``last`` end, or ``before`` or ``after`` a change."""

    side: str
    moment: datetime = _EPOCH
    number: int = 0

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The place as an address writes it; None where it is none."""
        found = _PLACE.fullmatch(text)
        if not found:
            return None
        if found["end"]:
            return cls(found["end"])
        return cls(found["side"], _EPOCH + timedelta(microseconds=int(found["moment"])), int(found["document"]))

    @classmethod
    def beside(cls, side: str, change: Change) -> Self:
        """The place before or after a change."""
        return cls(side, change.changed_at, change.number)

    def __str__(self) -> str:
        if self.side in {"first", "last"}:
            return self.side
        return f"{self.side}-{(self.moment - _EPOCH) // timedelta(microseconds=1)}-{self.number}"

    @property
    def backwards(self) -> bool:
        """Whether the page is read from its end."""
        return self.side in {"last", "before"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Changes, oldest first, and the places of the pages on both sides; None where there is none."""

    changes: Sequence[Change]
    previous: Place | None
    next: Place | None


def stretch(place: Place) -> Stretch:
    """The page at a place: one query. Empty where what lay there has changed since, and lies later now."""
    rows = Representation.objects.filter(format=ManifestRenderer.format)
    if place.side in {"before", "after"}:
        rows = rows.extra(  # noqa: S610 - the condition has no word of a request in it; the ORM has no row values
            where=[f"(changed_at, number) {'<' if place.backwards else '>'} (%s, %s)"],
            params=[_stamp(place.moment), place.number],
        )
    sign = "-" if place.backwards else ""
    rows = rows.order_by(f"{sign}changed_at", f"{sign}number")
    found = [Change(*row) for row in rows.values_list(*Change._fields)[: SIZE + 1]]
    more = len(found) > SIZE
    del found[SIZE:]
    if place.backwards:
        found.reverse()
    return Stretch(found, *_neighbours(place, found, more=more))


def _neighbours(place: Place, found: Sequence[Change], *, more: bool) -> tuple[Place | None, Place | None]:
    """Towards where the page was read, there is another one if there were more; behind it, unless it is an end."""
    if not found:
        return None, None
    previous, following = Place.beside("before", found[0]), Place.beside("after", found[-1])
    has_previous = more if place.backwards else place.side != "first"
    has_next = place.side != "last" if place.backwards else more
    return previous if has_previous else None, following if has_next else None


def _stamp(moment: datetime) -> object:
    """A time as the engine compares it."""
    return connections[router.db_for_read(Representation)].ops.adapt_datetimefield_value(moment)
