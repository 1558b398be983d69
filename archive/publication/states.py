"""States: who let a document change its state, written down before it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from archive.models import Document, StateChange
from archive.models.document import State

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def write_step(document_ids: Sequence[int], after: State, *, reason: str = "", by: User | None = None) -> None:
    """Write down who let documents change their state, before they do; those that are in it already change nothing."""
    now = timezone.now()
    before = Document.objects.filter(pk__in=document_ids).exclude(state=after).values_list("pk", "state")
    StateChange.objects.bulk_create(
        StateChange(document_id=pk, before=state, after=after, reason=reason, by=by, at=now) for pk, state in before
    )
