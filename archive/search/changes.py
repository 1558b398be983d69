"""Changes: note down what the archive's verbs announce, and hint to a worker once it is committed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from archive.models import AgentName, Contribution, Document
from archive.search import tasks, upkeep


def note(sender: Any, document_ids: list[int], **kwargs: Any) -> None:
    """Note documents that have changed, in the verb's own transaction.

    The hint is robust: that no broker can be reached must not fail a publication that is committed.
    """
    if not document_ids:
        return
    upkeep.note([*document_ids, *_losing_names(document_ids)])
    transaction.on_commit(_hint, robust=True)


def _hint() -> None:
    tasks.catch_up.delay()


def _losing_names(document_ids: list[int]) -> list[int]:
    """Public documents that could be found by a name which stood in public only in documents now taken back."""
    taken_back = Document.objects.filter(pk__in=document_ids).exclude(state=Document.State.PUBLISHED)
    written = AgentName.objects.filter(
        agent__contributions__document__in=taken_back, agent__contributions__as_written=F("value")
    )
    elsewhere = Contribution.objects.filter(
        agent=OuterRef("agent"), as_written=OuterRef("value"), document__in=Document.objects.public().order_by()
    )
    lost = written.filter(~Exists(elsewhere.order_by())).order_by()
    namesakes = Document.objects.public().filter(contributions__agent__in=lost.values("agent"))
    return list(namesakes.order_by("pk").distinct().values_list("pk", flat=True))
