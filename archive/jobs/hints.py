"""Hints: messages to the queue, sent once what they are about is committed.

The rows are the truth. Where the queue does not answer, the sweeper finds them later, and nobody is bothered.
"""

from __future__ import annotations

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from archive.models import Job

logger = logging.getLogger(__name__)


def hint(job: Job) -> None:
    """Tell the queue of a job."""
    from archive import tasks  # tasks call the verbs of this package

    def send() -> None:
        try:
            tasks.run_job.delay(job.pk)
        except (OperationalError, OSError):
            logger.warning("the queue does not answer; job %s begins when it does", job.pk)

    transaction.on_commit(send)


def hint_at_stale(document_ids: list[int]) -> None:
    """Tell the queue of public documents that are marked as stale."""
    from archive import tasks  # tasks call the verbs of this package

    def send() -> None:
        try:
            for start in range(0, len(document_ids), tasks.SHARE):
                tasks.refresh_stale.delay(document_ids[start : start + tasks.SHARE])
        except (OperationalError, OSError):
            logger.warning("the queue does not answer; %s documents are refreshed when it does", len(document_ids))

    if document_ids:
        transaction.on_commit(send)
