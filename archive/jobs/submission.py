"""Submission: write down what is to be done to which documents, and let it begin."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction

from archive.away import DATABASE_AWAY
from archive.jobs.hints import hint
from archive.jobs.operations import Operation
from archive.jobs.work import run
from archive.models import Job, JobItem
from archive.models.document import DocumentQuerySet
from archive.selections import insert_each

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)


def submit(operation: Operation, documents: DocumentQuerySet, *, by: User | None = None) -> Job:
    """Write a job with one item for each document, and let it begin."""
    job = write(operation, documents, by=by)
    begin(job, operation)
    return job


@transaction.atomic
def write(
    operation: Operation, documents: DocumentQuerySet, *, by: User | None = None, undoes: Job | None = None
) -> Job:
    """Write a job with one item for each document, in a constant number of statements."""
    job = Job.objects.create(
        kind=operation.name,
        parameters=operation.parameters(),
        label=operation.label[:1000],
        created_by=by,
        undoes=undoes,
    )
    chosen = documents.order_by("pk").values_list("pk", "identifier").distinct()
    job.total = insert_each(JobItem, chosen, "document_id", "identifier", job_id=job.pk)
    job.save(update_fields=["total"])
    return job


def begin(job: Job, operation: Operation) -> None:
    """Hint at a job that is written; one that cannot wait is worked off here and now.

    If that is broken off, the sweeper finds the job, and a worker goes on with it.
    """
    if operation.at_once:
        try:
            run(job.pk)
        except DATABASE_AWAY:
            logger.exception("job %s is broken off; a worker goes on with it", job.pk)
        job.refresh_from_db()
    else:
        hint(job)
