"""Withdrawing: documents taken back, for good or until their embargo ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from archive.models import Document
from archive.models.document import State
from archive.publication import moments
from archive.publication.batches import batches, locked
from archive.publication.outcome import Outcome
from archive.publication.showing import show_beside
from archive.publication.states import write_step
from archive.representations import withdraw as withdraw_representations
from archive.signals import documents_changed

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def withdraw(document_ids: Iterable[int], *, reason: str = "", by: User | None = None) -> Outcome:
    """Take published documents back, on behalf of ``by``; documents in any other state are passed over."""
    outcome = Outcome()
    for batch in batches(document_ids):
        with transaction.atomic():
            now = moments.now()
            public = list(locked(batch).filter(state=State.PUBLISHED).values_list("pk", flat=True))
            write_step(public, State.WITHDRAWN, reason=reason, by=by)
            Document.objects.filter(pk__in=public).update(
                state=State.WITHDRAWN, state_reason=reason, publication_error="", withdrawn_at=now, modified_at=now
            )
            outcome.representations += withdraw_representations(public, now=now)
            outcome.documents += public
            documents_changed.send(sender=None, document_ids=public)
            show_beside(public, outcome)
    return outcome


@transaction.atomic
def hold_back(document_ids: Sequence[int], outcome: Outcome, by: User | None) -> list[int]:
    """Let documents under embargo wait, those too that were public before; return the others."""
    waiting = locked(document_ids).filter(embargo_until__gt=timezone.localdate())
    held = list(waiting.values_list("pk", flat=True))
    if held:
        write_step(held, State.EMBARGOED, by=by)
        Document.objects.filter(pk__in=held).update(state=State.EMBARGOED, state_reason="", modified_at=timezone.now())
        outcome.representations += withdraw_representations(held, now=moments.now())
        outcome.held_back += held
        documents_changed.send(sender=None, document_ids=held)
        show_beside(held, outcome)
    return [pk for pk in document_ids if pk not in set(held)]
