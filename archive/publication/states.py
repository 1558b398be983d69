"""States: who let a document change its state, written down before it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from archive.models import Document, StateChange
from archive.models.document import State
from archive.selections import insert_each

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def write_step(document_ids: Sequence[int], after: State, *, reason: str = "", by: User | None = None) -> None:
    """Write down who let documents change their state; those that are in it already change nothing."""
    changing = Document.objects.filter(pk__in=document_ids).exclude(state=after).order_by("pk")
    same = {"after": after, "reason": reason, "by_id": by.pk if by else None, "at": timezone.now()}
    insert_each(StateChange, changing.values_list("pk", "state"), "document_id", "before", **same)
