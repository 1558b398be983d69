"""Submission: write down what is to be done to which documents."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction
from kombu.exceptions import OperationalError

from archive.jobs.operations import Operation
from archive.models import Job, JobItem
from archive.models.document import DocumentQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)


@transaction.atomic
def submit(
    operation: Operation, documents: DocumentQuerySet, *, by: User | None = None, undoes: Job | None = None
) -> Job:
    """Write a job with one item for each document, and hint at it in the queue once that is committed."""
    rows = list(documents.order_by("pk").values_list("pk", "identifier").distinct())
    job = Job.objects.create(
        kind=operation.name,
        parameters=operation.parameters(),
        label=operation.label[:1000],
        total=len(rows),
        created_by=by,
        undoes=undoes,
    )
    JobItem.objects.bulk_create(
        (JobItem(job=job, document_id=pk, identifier=identifier) for pk, identifier in rows), batch_size=1000
    )
    hint(job)
    return job


def hint(job: Job) -> None:
    """Tell the queue of a job, once what is written about it is committed.

    Where the queue does not answer, the job waits for the sweeper: its rows are there.
    """
    from archive import tasks  # tasks call the verbs of this package

    def send() -> None:
        try:
            tasks.run_job.delay(job.pk)
        except (OperationalError, OSError):
            logger.warning("the queue does not answer; job %s begins when it does", job.pk)

    transaction.on_commit(send)
