"""Steering: what a person can ask of an accession that is there already."""

from __future__ import annotations

from django.db import transaction

from archive.accession.submission import hint
from archive.models import Accession
from archive.models.accession import AccessionState

OPEN = (AccessionState.QUEUED, AccessionState.RUNNING)


@transaction.atomic
def cancel(accession: Accession) -> bool:
    """Let no further source or document be taken; False if the accession had ended already.

    Those in work come to their end, and whoever is next to look for more closes the accession.
    """
    open_ones = Accession.objects.filter(pk=accession.pk, state__in=OPEN)
    if not open_ones.update(cancel_requested=True):
        return False
    hint(accession)
    return True


@transaction.atomic
def retry(accession: Accession) -> int:
    """Take up again the sources and documents that failed or were left out; how many they are."""
    accession = Accession.objects.select_for_update().get(pk=accession.pk)
    if accession.state in (*OPEN, AccessionState.UNDONE, AccessionState.DISCARDED):
        return 0
    count = sum(
        rows.filter(state__in=["failed", "cancelled"]).update(
            state="queued", attempts=0, reason="", finished_at=None, retry_at=None
        )
        for rows in (accession.sources, accession.items)
    )
    if count:
        accession.state, accession.cancel_requested, accession.finished_at = AccessionState.QUEUED, False, None
        accession.save(update_fields=["state", "cancel_requested", "finished_at"])
        hint(accession)
    return count
