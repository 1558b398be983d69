"""Withdrawing: documents taken back, for good or until their embargo ends.

Nothing is rendered for it, and no row is read that need not be: what must not be seen any more is gone as soon
as somebody has said so, however much it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from archive.models import Document, Kind
from archive.models.document import State
from archive.publication import moments
from archive.publication.batches import batches, locked
from archive.publication.beside import lock_with_beside, mark_beside
from archive.publication.outcome import Outcome
from archive.publication.retelling import hide
from archive.publication.states import write_step
from archive.representations import withdraw as withdraw_representations
from archive.signals import documents_changed
from archive.staleness import mark_named_by, mark_units_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Documents in one transaction: far below the parameters that a statement can have (32,766 on SQLite), and about
#: a second of a writer's time.
AT_ONCE = 2000


def withdraw(document_ids: Iterable[int], *, reason: str = "", by: User | None = None) -> Outcome:
    """Take published documents back, on behalf of ``by``; documents in any other state are passed over.

    ``Outcome.beside`` tells what is to be refreshed for it.
    """
    outcome = Outcome()
    for batch in batches(document_ids, size=AT_ONCE):
        with transaction.atomic():
            lock_with_beside(batch)
            now = moments.now()
            public = list(Document.objects.public().filter(pk__in=batch).order_by("pk").values_list("pk", flat=True))
            write_step(public, State.WITHDRAWN, reason=reason, by=by)
            Document.objects.filter(pk__in=public).update(
                state=State.WITHDRAWN, state_reason=reason, publication_error="", withdrawn_at=now, modified_at=now
            )
            outcome.documents += public
            _hide(public, outcome)
    return outcome


@transaction.atomic
def hold_back(
    document_ids: Sequence[int], outcome: Outcome, by: User | None, *, only: State | None = None
) -> list[int]:
    """Let documents under embargo wait, those too that were public before; return the others.

    With ``only``, just those in that state wait: one that was withdrawn since it was asked for stays withdrawn.
    """
    waiting = locked(document_ids).filter(embargo_until__gt=timezone.localdate())
    if only:
        waiting = waiting.filter(state=only)
    held = list(waiting.values_list("pk", flat=True))
    if held:
        write_step(held, State.EMBARGOED, by=by)
        Document.objects.filter(pk__in=held).update(state=State.EMBARGOED, state_reason="", modified_at=timezone.now())
        outcome.held_back += held
        _hide(held, outcome)
    return [pk for pk in document_ids if pk not in set(held)]


def _hide(document_ids: list[int], outcome: Outcome) -> None:
    """Let everybody know who says anything of documents, and empty what was public of them, which asks to be last."""
    documents_changed.send(sender=None, document_ids=document_ids)
    outcome.beside += mark_beside(document_ids)
    documents = Document.objects.filter(pk__in=document_ids)
    named = {Kind.UNIT: mark_units_of(documents), **mark_named_by(documents)}
    outcome.representations += withdraw_representations(document_ids)
    outcome.representations += sum(hide(kind, things) for kind, things in named.items())
