"""Waiting: documents whose time has come, and documents of which the public does not see yet what is true now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from archive.models import Document
from archive.models.document import DocumentQuerySet, State

#: How long a hint to refresh may take before it counts as lost.
GRACE = timedelta(minutes=1)


def due() -> list[int]:
    """Documents that were approved for publication, and whose embargo has ended."""
    ended = Document.objects.filter(state=State.EMBARGOED, embargo_until__lte=timezone.localdate())
    return list(ended.order_by("pk").values_list("pk", flat=True))


def stale(*, grace: timedelta = GRACE, among: Iterable[int] | None = None) -> list[int]:
    """Published documents that were changed longer than ``grace`` ago and not rendered since: a hint got lost.

    Those too that ``mark_stale`` marked. One that cannot be rendered is tried once for each change; trying again
    and again would not mend it. With ``among``, only those of these.
    """
    changed = Q(modified_at__gt=F("refreshed_at"), modified_at__lt=timezone.now() - grace)
    found = Document.objects.public().filter(changed | Q(refreshed_at__isnull=True))
    if among is not None:
        found = found.filter(pk__in=list(among))
    return list(found.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def mark_stale(documents: DocumentQuerySet) -> list[int]:
    """Mark the public ones of some documents as stale, because something that they name has changed; return them.

    To be called in the transaction of that change: whoever hints to a worker then may fail without harm, because
    the sweeper finds what is marked. A document's own ``modified_at`` stays, for nobody has edited it.
    """
    public = Document.objects.public().filter(pk__in=documents.order_by().values("pk"))
    found = list(public.select_for_update().order_by("pk").values_list("pk", flat=True))
    public.order_by().update(refreshed_at=None)
    return found
