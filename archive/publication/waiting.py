"""Waiting: documents whose time has come, and documents whose change is not public yet."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from archive.models import Document
from archive.models.document import State

#: How long a hint to refresh may take before it counts as lost.
GRACE = timedelta(minutes=1)


def due() -> list[int]:
    """Documents that were approved for publication, and whose embargo has ended."""
    ended = Document.objects.filter(state=State.EMBARGOED, embargo_until__lte=timezone.localdate())
    return list(ended.order_by("pk").values_list("pk", flat=True))


def stale(*, grace: timedelta = GRACE) -> list[int]:
    """Published documents that were changed longer than ``grace`` ago and not rendered since: a hint got lost.

    One that cannot be rendered is tried once for each change; trying again and again would not mend it.
    """
    changed = Document.objects.public().filter(modified_at__gt=F("refreshed_at"))
    return list(changed.filter(modified_at__lt=timezone.now() - grace).order_by("pk").values_list("pk", flat=True))
