"""Waiting: documents whose time has come, and documents of which the public does not see yet what is true now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from archive.models import Document, Kind, Stale
from archive.models.document import DocumentQuerySet, State
from archive.publication.batches import batches, locked
from archive.selections import insert_each

#: How long a hint to refresh may take before it counts as lost.
GRACE = timedelta(minutes=1)
#: Marks that are looked at in one transaction.
AT_ONCE = 500
#: Documents that are marked with one statement.
MARKED_AT_ONCE = 5_000


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

    One that is not public may be about to be: who publishes it in this moment cannot see the change yet, and it cannot
    be seen here that it is published. So the others get marks too, for ``look_again``. They come first: what becomes
    public between the two statements has both.
    """
    hidden = documents.exclude(state=State.PUBLISHED).order_by()
    insert_each(Stale, hidden.values_list("pk"), "thing", kind=Kind.DOCUMENT)
    return mark_public(documents)


def mark_public(documents: DocumentQuerySet) -> list[int]:
    """Mark those of some documents as stale that can be seen to be public, and return them.

    For whoever has locked them all, or need not mind one that is being published in this moment. What becomes public
    after the rest was locked is let be: to wait for it would be out of turn, and could be in a circle.
    """
    public = Document.objects.public().filter(pk__in=documents.order_by().values("pk"))
    found = list(public.select_for_update().order_by("pk").values_list("pk", flat=True))
    for batch in batches(found, size=MARKED_AT_ONCE):
        Document.objects.filter(pk__in=batch).update(refreshed_at=None)
    return found


def look_again() -> None:
    """Mark those documents as stale that became public while something that they name was being changed.

    The change can be seen by now, as its mark can. Whoever publishes one still, having read what was before, holds its
    lock; whoever comes later reads what is true.
    """
    marks = Stale.objects.filter(kind=Kind.DOCUMENT).order_by("thing", "pk").values_list("pk", "thing")
    while batch := dict(marks[:AT_ONCE]):
        with transaction.atomic():
            documents = locked(batch.values())
            list(documents.values_list("pk"))  # all of them: a lock of those that are public would wait for no others
            mark_public(documents)
            Stale.objects.filter(pk__in=list(batch)).delete()
