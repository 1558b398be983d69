"""Reporting: what became of each document of a batch, written in the transaction that changed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.utils import timezone

from archive.jobs.operations.base import Outcome
from archive.models import JobItem
from archive.models.job import JobItemState as State

#: So many different ends of one batch are written by a statement each; more go into one long one.
FEW = 10


class End(NamedTuple):
    """How it ended for a document; the names are columns of its item."""

    state: str
    message: str
    warned: bool
    revision_before: int | None
    revision_after: int | None


def report(batch: Iterable[JobItem], outcome: Outcome) -> None:
    """Write what became of each document of a batch. Most end alike, so a statement for each end is enough."""
    now = timezone.now()
    ends: dict[End, list[JobItem]] = defaultdict(list)
    for item in batch:
        ends[_end(outcome, item.document_id or 0)].append(item)
    if len(ends) <= FEW:
        for end, items in ends.items():
            same = JobItem.objects.filter(pk__in=[item.pk for item in items])
            same.update(**end._asdict(), finished_at=now)
        return
    for end, items in ends.items():
        for item in items:
            for column, value in end._asdict().items():
                setattr(item, column, value)
            item.finished_at = now
    every = [item for items in ends.values() for item in items]
    JobItem.objects.bulk_update(every, [*End._fields, "finished_at"], batch_size=500)


def _end(outcome: Outcome, pk: int) -> End:
    ends = ((State.FAILED, outcome.failed), (State.DONE, outcome.changed), (State.UNCHANGED, outcome.unchanged))
    state, message = next(((state, found[pk]) for state, found in ends if pk in found), (State.UNCHANGED, ""))
    warning = outcome.warned.get(pk)
    return End(state.value, warning or message, pk in outcome.warned, *outcome.revisions.get(pk, (None, None)))
