"""Review: the verbs that hand a document from who describes it to who may publish it, and back.

``send``             drafts wait for review.
``return_to_draft``  documents that wait for review are drafts again.

Both pass over documents in any other state, and write down who did it. Nothing of this is public.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from archive.models import Document, StateChange
from archive.models.document import State

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def send(document_ids: Iterable[int], *, reason: str = "", by: User | None = None) -> list[int]:
    """Let drafts wait for review; the primary keys of those that were drafts."""
    return _move(document_ids, State.DRAFT, State.IN_REVIEW, reason=reason, by=by)


def return_to_draft(document_ids: Iterable[int], *, reason: str = "", by: User | None = None) -> list[int]:
    """Let documents that wait for review be drafts again; the primary keys of those that waited."""
    return _move(document_ids, State.IN_REVIEW, State.DRAFT, reason=reason, by=by)


def changed_since(moments: Mapping[int, datetime]) -> set[int]:
    """Documents whose state changed after the moment given for each."""
    last = StateChange.objects.filter(document__in=moments).order_by().values_list("document_id")
    return {pk for pk, at in last.annotate(Max("at")) if at > moments[pk]}


def changed_by(document_ids: Iterable[int], *, by: User | None, since: datetime) -> set[int]:
    """Documents whose state somebody changed, at that time or later."""
    changes = StateChange.objects.filter(document__in=list(document_ids), by=by, at__gte=since)
    return set(changes.values_list("document_id", flat=True))


@transaction.atomic
def _move(document_ids: Iterable[int], before: State, after: State, *, reason: str, by: User | None) -> list[int]:
    now = timezone.now()
    locked = Document.objects.select_for_update().filter(pk__in=list(document_ids), state=before).order_by("pk")
    moved = list(locked.values_list("pk", flat=True))
    StateChange.objects.bulk_create(
        StateChange(document_id=pk, before=before, after=after, reason=reason, by=by, at=now) for pk in moved
    )
    Document.objects.filter(pk__in=moved).update(state=after, state_reason=reason, modified_at=now)
    return moved
