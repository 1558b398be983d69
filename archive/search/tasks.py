"""Celery tasks: shells that call one verb."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from archive.search import index


@shared_task
def reindex(document_ids: list[int] | None = None) -> None:
    """Index documents anew, or the whole archive."""
    index.reindex(document_ids)


@shared_task
def catch_up() -> None:
    """Index what has changed and was left lying."""
    index.catch_up()


@worker_ready.connect
def catch_up_at_start(**kwargs: Any) -> None:
    """Go on with what a worker before this one left lying."""
    catch_up.delay()
