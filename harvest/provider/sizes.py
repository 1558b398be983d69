"""completeListSize, which need not be exact (OAI-PMH 2.0, section 3.5), for next to nothing.

A short list is counted. Counting a million records takes a quarter of a second, a hundred times their first page: so
a long list is counted once for all who begin it within ten minutes, its window widened to whole days. Every further
page finds the size in its token, and the last one tells how many there were.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.core.cache import cache

from harvest.provider import rows
from harvest.provider.selection import Selection

#: Records up to which a list is counted as it is: a few pages of the index.
SHORT = 2500
#: Seconds for which the size of a long list is remembered.
REMEMBERED = 600


def size(selection: Selection) -> int:
    """How many records a list has: exactly, or to the day and some minutes old where they are more than ``SHORT``."""
    days = _to_whole_days(selection)
    if days != selection and (counted := rows.count(selection, atmost=SHORT)) < SHORT:
        return counted
    return _remembered(days)


def _remembered(days: Selection) -> int:
    key = "harvest.size:" + ":".join(f"{each or ''}".replace(" ", "T") for each in days)
    held: int | None = cache.get(key)
    if held is not None:
        return held
    counted = rows.count(days)
    if counted >= SHORT:
        cache.set(key, counted, REMEMBERED)
    return counted


def _to_whole_days(selection: Selection) -> Selection:
    """The same list, from the first moment of its first day to the last of its last; a day to come is no limit."""
    first, last = selection.first, selection.last
    if last and last.date() >= datetime.now(UTC).date():
        last = None
    return selection._replace(
        first=datetime.combine(first, time.min, UTC) if first else None,
        last=datetime.combine(last, time(23, 59, 59), UTC) if last else None,
    )
