"""Work: take a job under a lease, work off its batches, and close it.

One worker has a job at a time. Each batch is one transaction with the rows that report it, and with a look at
the lease, so that a worker whose lease another one has taken rolls back what it did. A batch that fails, or
kills its worker, is tried again document by document: the one that does it fails alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from archive.away import DATABASE_AWAY
from archive.conf import conf
from archive.jobs.hints import hint_at_stale
from archive.jobs.operations import BadParameters, Operation, operation_of
from archive.jobs.operations.base import Outcome, Work
from archive.jobs.reporting import report
from archive.models import Job, JobItem
from archive.models.job import JobItemState as State
from archive.models.job import JobState
from archive.publication import refresh
from archive.publication.beside import lock_with_beside
from archive.readiness import assess

logger = logging.getLogger(__name__)


class LeaseLost(Exception):  # noqa: N818 - the name says the outcome
    """Another worker has taken the job over; what this one did is rolled back."""


def run(job_id: int) -> None:
    """Work on a job until nothing is left or somebody cancels it, then close it. Safe to call at any time."""
    job = take(job_id)
    if job is None:
        return
    try:
        operation = operation_of(job.kind).parse(job.parameters)
        while batch := next_batch(job, size=operation.batch):
            work(job, operation, batch)
        _finish(job, operation)
        with transaction.atomic():
            hold(job)
            close(job)
    except BadParameters as error:
        _fail(job, str(error))
    except LeaseLost:
        logger.warning("job %s was taken over by another worker", job.pk)


@transaction.atomic
def take(job_id: int) -> Job | None:
    """The job under a lease, or None if it is closed or another worker has it."""
    now = timezone.now()
    free = Q(lease_expires_at__isnull=True) | Q(lease_expires_at__lt=now)
    mine = Job.objects.filter(free, pk=job_id, state__in=Job.OPEN)
    taken = mine.update(
        state=JobState.RUNNING,
        taken=F("taken") + 1,
        started_at=Coalesce("started_at", now),
        lease_expires_at=_lease(now),
    )
    return Job.objects.select_related("created_by").get(pk=job_id) if taken else None


def hold(job: Job) -> None:
    """Renew the lease.

    :raises LeaseLost: if it is not this worker's any more, so that the surrounding transaction is rolled back.
    """
    mine = Job.objects.filter(pk=job.pk, taken=job.taken, state=JobState.RUNNING)
    if not mine.update(lease_expires_at=_lease(timezone.now())):
        raise LeaseLost


@transaction.atomic
def next_batch(job: Job, *, size: int) -> list[JobItem]:
    """The documents to deal with next; none if all are done or somebody has cancelled the job.

    What was never tried comes first. What was, and is still open, broke its batch or its worker: it comes alone.
    """
    hold(job)
    if Job.objects.filter(pk=job.pk, cancel_requested=True).exists():
        return []
    queued = job.items.filter(state=State.QUEUED)
    now = timezone.now()
    queued.filter(document__isnull=True).update(state=State.FAILED, finished_at=now, message="Was deleted meanwhile.")
    queued.filter(attempts__gte=conf().ATTEMPTS).update(
        state=State.FAILED, finished_at=now, message="The worker ended each time before it was done."
    )
    batch = list(queued.filter(attempts=0).order_by("id")[:size]) or list(queued.order_by("attempts", "id")[:1])
    job.items.filter(pk__in=[item.pk for item in batch]).update(attempts=F("attempts") + 1)
    return batch


def _finish(job: Job, operation: Operation) -> None:
    """Do what is left after the last document, unless somebody cancelled the job before."""
    if job.items.filter(state=State.QUEUED).exists():
        return
    try:
        operation.finish(Work(job, heartbeat=lambda: hold(job)))
    except (LeaseLost, *DATABASE_AWAY):
        raise
    except Exception as error:
        logger.exception("job %s could not be finished", job.pk)
        message = f"The documents are dealt with. What was left after them failed: {type(error).__name__}: {error}"
        Job.objects.filter(pk=job.pk, taken=job.taken).update(message=message)


def work(job: Job, operation: Operation, batch: list[JobItem]) -> None:
    """Do to a batch what the job is for, write down what became of it, and let the public see."""
    try:
        outcome = _apply(job, operation, batch)
    except (LeaseLost, *DATABASE_AWAY):
        raise  # with the database away nothing can be written down: the lease runs out, and the sweeper comes by
    except Exception as error:
        logger.exception("a batch of job %s failed", job.pk)
        if len(batch) == 1:
            _report_alone(job, batch, f"{type(error).__name__}: {error}")
        return
    hint_at_stale(outcome.beside)
    if operation.edits and outcome.changed:
        refreshed = refresh(outcome.changed, on_progress=lambda: hold(job))
        assess(set(outcome.changed) - set(refreshed.documents), on_progress=lambda: hold(job))
        for pk, problem in refreshed.problems.items():
            message = f"Changed, but the public document is as it was: it {problem}"
            job.items.filter(document=pk).update(warned=True, message=message)


def _apply(job: Job, operation: Operation, batch: list[JobItem]) -> Outcome:
    """Do it, in the transaction of the report unless the operation has transactions of its own."""
    ids = [item.document_id for item in batch if item.document_id is not None]
    doing = Work(job, heartbeat=lambda: hold(job))
    if not operation.atomic:
        outcome = operation.apply(ids, doing)
        with transaction.atomic():
            hold(job)
            operation.settle(outcome)
            report(batch, outcome)
        return outcome
    with transaction.atomic():
        hold(job)
        lock_with_beside(ids)  # all that any operation locks, at once and in order
        outcome = operation.apply(ids, doing)
        operation.settle(outcome)
        report(batch, outcome)
    return outcome


@transaction.atomic
def _report_alone(job: Job, batch: list[JobItem], message: str) -> None:
    hold(job)
    report(batch, Outcome(failed={item.document_id or 0: message for item in batch}))


def close(job: Job) -> None:
    """Write how a job ended; what it did not reach, because somebody cancelled it, says so."""
    now = timezone.now()
    left = job.items.filter(state=State.QUEUED).update(state=State.CANCELLED, finished_at=now)
    state = JobState.CANCELLED if left else _final_state(job)
    Job.objects.filter(pk=job.pk).update(state=state, finished_at=now, lease_expires_at=None, cancel_requested=False)


def _final_state(job: Job) -> JobState:
    counts = dict(job.items.order_by().values_list("state").annotate(Count("pk")))
    failed = counts.get(State.FAILED, 0)
    if failed and failed == sum(counts.values()):
        return JobState.FAILED
    if counts.get(State.CANCELLED):
        return JobState.CANCELLED
    return JobState.DONE_WITH_ERRORS if failed or job.items.filter(warned=True).exists() else JobState.DONE


@transaction.atomic
def _fail(job: Job, message: str) -> None:
    now = timezone.now()
    job.items.filter(state=State.QUEUED).update(state=State.FAILED, finished_at=now, message=message)
    Job.objects.filter(pk=job.pk, taken=job.taken).update(message=message)
    close(job)


def unfinished() -> Iterator[int]:
    """Jobs that are not closed and that nobody holds a lease on: what the sweeper hints at again."""
    free = Q(lease_expires_at__isnull=True) | Q(lease_expires_at__lt=timezone.now())
    yield from Job.objects.filter(free, state__in=Job.OPEN).order_by("pk").values_list("pk", flat=True)


def _lease(now: datetime) -> datetime:
    return now + timedelta(seconds=conf().LEASE_SECONDS)
