"""Steering: what a person can ask of a job that is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from archive.jobs.hints import hint
from archive.jobs.operations import operation_of
from archive.jobs.preview import Preview, preview
from archive.jobs.submission import begin, write
from archive.jobs.work import close
from archive.models import Document, Job, JobItem
from archive.models.document import DocumentQuerySet
from archive.models.job import JobItemState, JobState

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class CannotBeUndone(Exception):  # noqa: N818 - the name says the outcome
    """There is nothing to undo, or not yet, or not with this operation."""


@transaction.atomic
def cancel(job: Job) -> bool:
    """Let a job end before its next batch, at once if no worker has it; False if it had ended already."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if not job.open:
        return False
    job.cancel_requested = True
    job.save(update_fields=["cancel_requested"])
    if job.lease_expires_at is None or job.lease_expires_at < timezone.now():
        Job.objects.filter(pk=job.pk).update(taken=job.taken + 1)  # a worker that only slept has lost its lease
        close(job)
    return True


@transaction.atomic
def retry(job: Job) -> int:
    """Take up again what failed and what the job did not reach; how many documents that is."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.open:
        return 0
    again = job.items.filter(state__in=[JobItemState.FAILED, JobItemState.CANCELLED], document__isnull=False)
    count = again.update(state=JobItemState.QUEUED, attempts=0, message="", finished_at=None)
    if count:
        job.state, job.cancel_requested, job.finished_at, job.message = JobState.QUEUED, False, None, ""
        job.save(update_fields=["state", "cancel_requested", "finished_at", "message"])
        hint(job)
    return count


def what_undo_does(job: Job) -> Preview | None:
    """What undoing a job would change, as it stands now; None where it cannot be undone at all."""
    name = operation_of(job.kind).undo_with
    return preview(operation_of(name).parse({"job": job.pk}), changed_by(job)) if name else None


def changed_by(job: Job) -> DocumentQuerySet:
    """The documents that a job changed, and nobody has undone."""
    items = job.items.filter(state=JobItem.State.DONE, document__isnull=False)
    return Document.objects.filter(pk__in=items.order_by().values("document"))


def undo(job: Job, *, by: User | None = None) -> Job:
    """A job that puts back what another one changed, where nobody has changed it since.

    :raises CannotBeUndone: saying why.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job.pk)
        name = operation_of(job.kind).undo_with
        if name is None:
            raise CannotBeUndone(f"{job} is an undo itself. Do again what it took back.")
        if job.open or job.undone_by.filter(state__in=Job.OPEN).exists():
            raise CannotBeUndone(f"{job} is still in work. Cancel it first, or wait until it is done.")
        if not changed_by(job).exists():
            raise CannotBeUndone(f"{job} has changed nothing that is not undone already.")
        operation = operation_of(name).parse({"job": job.pk})
        undoing = write(operation, changed_by(job), by=by, undoes=job)
    begin(undoing, operation)
    return undoing
