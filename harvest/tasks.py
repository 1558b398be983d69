"""Celery tasks: shells that call one verb. The rows say what is to be done, and ``sweep`` finds what was left lying."""

from __future__ import annotations

from celery import shared_task

from harvest import client


@shared_task
def check_source(source_id: int) -> None:
    """Ask a source what it is."""
    client.check(source_id)


@shared_task
def run_harvest(run_id: int) -> None:
    """Work on a run for some pages, and let others come to their turn."""
    if client.run(run_id):
        run_harvest.delay(run_id)


@shared_task
def settle_deletions(source_id: int) -> None:
    """Look at the documents of records that were deleted."""
    client.settle(source_id)


@shared_task
def sweep() -> None:
    """Begin what is due, and hint again at what nobody works on."""
    client.start_due()
    for source_id in client.unchecked():
        check_source.delay(source_id)
    for run_id in client.unfinished():
        run_harvest.delay(run_id)
    for source_id in client.waiting():
        settle_deletions.delay(source_id)
