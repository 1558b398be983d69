"""Datestamps: in which order representations changed, told so that no harvester can miss a change.

A harvester asks next time for what changed since the ``responseDate`` of its last answer (OAI-PMH 2.0, section
2.7.1). A datestamp that says when somebody began to write does not do for that: stamped at t and seen by nobody
before t + 5, a change is lost to whoever asked at t + 2. So there is one row, ``LastDatestamp``, and two rules:

- Who changes representations takes a datestamp that is later than the one in the row, and leaves it there. The row
  is locked until the transaction ends, so that datestamps become visible in their own order.
- Who answers says, as the time of the answer, what stood in the row before anything else was read.

Whatever a reader has not seen has a later datestamp than its answer. No clock is part of the argument; see
docs/adr/0007-no-change-is-lost.md.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from archive.driver import fetched
from archive.models import LastDatestamp

#: Primary key of the one row.
ONLY = 1
#: By how much a datestamp is later than the one before, unless the clock says more. Harvesters see whole seconds.
STEP = timedelta(microseconds=1)
#: What stands in the row, as SQL. Of a function, because a column of SQLite would be converted by Django.
LAST = f"(SELECT max(moment) FROM {LastDatestamp._meta.db_table} WHERE id = {ONLY})"  # noqa: S608 - both are ours
#: Before any change.
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """What the clock of this machine says. It may go wrong, or backwards: nothing is lost by it."""
    return timezone.now()


def take() -> datetime:
    """The datestamp of what this transaction changes, later than all before it.

    To be called inside a transaction, as late as can be: until its end nobody else takes one. Who has taken one
    locks no document any more, so that no two transactions can wait for each other.
    """
    row, _ = LastDatestamp.objects.select_for_update().get_or_create(pk=ONLY, defaults={"moment": BEGINNING})
    moment = max(now(), row.moment + STEP)
    LastDatestamp.objects.filter(pk=ONLY).update(moment=moment)
    return moment


def settled() -> datetime:
    """Until when everything is told: every change that cannot be seen yet will have a later datestamp.

    To be asked before the rows that are answered with; an answer that was kept for a while errs on the safe side.
    Not by the ORM, which takes fifteen times as long, for every answer that any harvester gets.
    """
    [(last,)] = fetched(f"SELECT {LAST}")
    return settled_by(last)


def settled_by(last: datetime | str | None) -> datetime:
    """The same, for who has read ``LAST`` already: before the rows, or in one statement with them."""
    return min(_moment(last) if last else BEGINNING, now())


def _moment(value: datetime | str) -> datetime:
    """A time as the database gives it: SQLite's are text, and do not say of which zone."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=connection.timezone) if moment.tzinfo is None else moment


@transaction.atomic
def advance() -> None:
    """Let the settled time follow the clock while nothing changes, so that harvesters do not get the same again."""
    take()
