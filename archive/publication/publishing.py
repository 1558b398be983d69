"""Publishing: what is to be public, and what is public already, rendered as it is now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from archive.models import Document
from archive.models.document import State
from archive.publication.batches import batches
from archive.publication.outcome import Outcome, nothing, remember
from archive.publication.pages import set_pages
from archive.publication.retelling import retell
from archive.publication.showing import show
from archive.publication.withdrawing import hold_back

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Documents asked after in one statement: far below the parameters that one can have (32,766 on SQLite).
ASKED = 2000


def publish(
    document_ids: Iterable[int], *, by: User | None = None, on_progress: Callable[[], None] = nothing
) -> Outcome:
    """Make documents public, on behalf of ``by``. One that is public already is refreshed.

    ``on_progress`` is called after each document that took time, and after each batch: for heartbeats.
    """
    outcome = Outcome()
    for batch in batches(document_ids):
        began = timezone.now()
        free = hold_back(batch, outcome, by)
        set_pages(free, outcome, on_progress)
        show([pk for pk in free if pk not in outcome.failed], outcome, by=by)
        remember(batch, outcome, began)
        on_progress()
        _refresh_beside(outcome, on_progress)
    outcome.representations += retell()
    return outcome


def refresh(document_ids: Iterable[int], *, on_progress: Callable[[], None] = nothing) -> Outcome:
    """Render published documents anew; documents in any other state are passed over.

    Which are public is asked before each batch once more: a long run must leave alone what is withdrawn meanwhile.
    """
    outcome = Outcome()
    for batch in batches(_public(document_ids)):
        began = timezone.now()
        public = hold_back(list(_public(batch)), outcome, None, only=State.PUBLISHED)
        set_pages(public, outcome, on_progress)
        show([pk for pk in public if pk not in outcome.failed], outcome, only=State.PUBLISHED)
        remember(public, outcome, began)
        on_progress()
        _refresh_beside(outcome, on_progress)
    outcome.representations += retell()
    return outcome


def _public(document_ids: Iterable[int]) -> Iterator[int]:
    """Those of documents that are public: none of thousands that have just come in, which cost no transaction then."""
    for asked in batches(document_ids, size=ASKED):
        yield from Document.objects.public().filter(pk__in=asked).order_by("pk").values_list("pk", flat=True)


def _refresh_beside(outcome: Outcome, on_progress: Callable[[], None]) -> None:
    """Render what names documents that have just become public or ceased to be: it says their titles."""
    beside, outcome.beside = outcome.beside, []
    if beside:
        outcome.representations += refresh(beside, on_progress=on_progress).representations
