"""Queueing from the admin: tasks are sent once the change they follow is in the database, and people are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from celery import Task
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from archive import publication, tasks
from archive.accession.submission import UNREACHABLE
from archive.models.document import DocumentQuerySet

#: Documents named in one message, so that several workers share a long list and no message grows without end.
BATCH = 500


def refresh_later(request: HttpRequest, documents: DocumentQuerySet) -> None:
    """Let a worker render those of some documents anew that are public, because something that they name has changed.

    To be called in the transaction of the change: they are marked, and found by the sweeper if the message gets lost.
    """
    queue(request, tasks.refresh_stale, publication.mark_stale(documents))


def queue(
    request: HttpRequest, task: Task[Any, Any], document_ids: Iterable[int], *, said: str = "", **arguments: Any
) -> None:
    """Queue a task for documents when the transaction is committed; ``said`` is what the archivist is told then.

    Where the queue does not answer, what was saved stays saved, and the archivist is told that instead.
    """
    ids = list(document_ids)
    if not ids:
        return

    def send() -> None:
        try:
            for start in range(0, len(ids), BATCH):
                task.delay(ids[start : start + BATCH], **arguments)
        except UNREACHABLE:
            messages.error(
                request,
                "The message queue does not answer, so what the public sees has not changed. "
                "What you saved is saved. Tell whoever runs the site, and try again.",
            )
        else:
            if said:
                messages.success(request, said)

    transaction.on_commit(send)
