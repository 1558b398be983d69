"""Celery tasks: shells that call one verb.

A task carries primary keys and no data. It may run late, twice or never; the rows say what is to be done,
and ``sweep`` finds what a lost message left lying.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from celery import shared_task
from django.contrib.auth import get_user_model

from archive import accession, publication

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@shared_task
def run_accession(accession_id: int) -> None:
    """Work on an accession."""
    accession.run(accession_id)


@shared_task
def sweep() -> None:
    """Hint again at accessions that nobody works on any more, and at documents whose change or time has come."""
    for accession_id in accession.unfinished():
        run_accession.delay(accession_id)
    if due := publication.due():
        publish.delay(due)
    if stale := publication.stale():
        refresh.delay(stale)


@shared_task
def publish(document_ids: list[int], by: int | None = None) -> None:
    """Make documents public, on behalf of the user with the primary key ``by``."""
    publication.publish(document_ids, by=_user(by))


@shared_task
def refresh(document_ids: list[int]) -> None:
    """Render published documents anew."""
    publication.refresh(document_ids)


@shared_task
def typeset(document_ids: list[int]) -> None:
    """Make the page images of documents in any state, for those who work on them."""
    publication.typeset_pages(document_ids)


@shared_task
def withdraw(document_ids: list[int], reason: str = "", by: int | None = None) -> None:
    """Take documents back, on behalf of the user with the primary key ``by``."""
    publication.withdraw(document_ids, reason=reason, by=_user(by))


def _user(pk: int | None) -> User | None:
    """The user, or None where nobody asked, or where the user has been deleted since."""
    return get_user_model().objects.filter(pk=pk).first() if pk is not None else None
