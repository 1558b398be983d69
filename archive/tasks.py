"""Celery tasks: shells that call one verb.

A task carries primary keys and no data. It may run late, twice or never; the rows say what is to be done,
and ``sweep`` finds what a lost message left lying.
"""

from __future__ import annotations

from celery import shared_task

from archive import accession, publication


@shared_task
def run_accession(accession_id: int) -> None:
    """Work on an accession."""
    accession.run(accession_id)


@shared_task
def sweep() -> None:
    """Hint again at accessions that nobody works on any more, and at documents whose change is not public yet."""
    for accession_id in accession.unfinished():
        run_accession.delay(accession_id)
    if stale := publication.stale():
        refresh.delay(stale)


@shared_task
def publish(document_ids: list[int]) -> None:
    """Make documents public."""
    publication.publish(document_ids)


@shared_task
def refresh(document_ids: list[int]) -> None:
    """Render published documents anew."""
    publication.refresh(document_ids)


@shared_task
def withdraw(document_ids: list[int], reason: str = "") -> None:
    """Take documents back."""
    publication.withdraw(document_ids, reason=reason)
