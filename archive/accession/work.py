"""Work: read the sources of an accession, enter its documents, and finish it.

Any number of workers may run the same accession at once. Each takes what is queued, or whose worker let its lease
expire, and writes only what its lease is still good for. Documents are entered when all sources are read: only then
is it known which of them are kept beside another. A source that was tried before in vain is not waited for.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from archive.accession import entering, looking, reading, superseded
from archive.accession.garbage import uncollected
from archive.accession.leases import LeaseLost, lease, said
from archive.accession.originals import Kept, Originals
from archive.accession.ties import tie
from archive.away import DATABASE_AWAY
from archive.models import Accession, AccessionItem, AccessionSource
from archive.models.accession import AccessionState, SourceState
from archive.models.accession import ItemState as State
from archive.publication import publish, refresh
from archive.readers import TYING
from archive.readiness import assess

logger = logging.getLogger(__name__)

#: Seconds between two looks while other workers read, or while something waits to be tried again.
POLL = 0.1


class Step(Enum):
    """What a worker found to do."""

    #: Something was read or entered.
    DONE = "done"
    #: There is something to do that is not to be done yet.
    LATER = "later"
    NOTHING = "nothing"


def _nobody() -> None:
    """Nobody waits to hear of progress."""


def run(accession_id: int, *, on_progress: Callable[[], None] = _nobody) -> None:
    """Work on an accession until there is nothing left to take, then finish it. Safe to call at any time, twice too.

    ``on_progress`` is called after each step.
    """
    Accession.objects.filter(pk=accession_id, state=AccessionState.QUEUED).update(state=AccessionState.RUNNING)
    originals = Kept()
    while (found := step(accession_id, originals)) is not Step.NOTHING:
        if found is Step.LATER:
            time.sleep(POLL)
        on_progress()
    if accession := _finishable(accession_id):
        (close_look if accession.look_first else finish)(accession)


@uncollected()
def step(accession_id: int, originals: Originals) -> Step:
    """Read some sources; or, if there are none, enter some documents."""
    if sources := reading.take(accession_id):
        reading.read(sources, originals)
        return Step.DONE
    if _being_read(accession_id):
        return Step.LATER
    if items := entering.take(accession_id):
        _way_in(items[0].accession)(items, originals)
        return Step.DONE
    return Step.LATER if _to_be_tried_again(accession_id) else Step.NOTHING


def _way_in(accession: Accession) -> Callable[[Sequence[AccessionItem], Originals], None]:
    """What becomes of documents that are taken: they are entered, or only looked at."""
    if accession.look_first:
        return looking.look
    return superseded.enter if accession.rereads_id else entering.enter


def _being_read(accession_id: int) -> bool:
    """Whether another worker reads sources for the first time, so that documents have to wait."""
    first = AccessionSource.objects.filter(accession=accession_id, state=SourceState.TAKEN, attempts=1)
    return first.filter(lease_expires_at__gte=timezone.now()).exists()


def _to_be_tried_again(accession_id: int) -> bool:
    """Whether something failed that nobody has in work and that is to be tried again in a moment."""
    return any(
        model._default_manager.filter(accession=accession_id, state="queued", retry_at__isnull=False).exists()
        for model in (AccessionSource, AccessionItem)
    )


@transaction.atomic
def _finishable(accession_id: int) -> Accession | None:
    """The accession under a lease of its own, if all its items are done and nobody else is finishing it."""
    now = timezone.now()
    accession = (
        Accession.objects.select_for_update()
        .filter(Q(lease_expires_at__isnull=True) | Q(lease_expires_at__lt=now))
        .filter(pk=accession_id, state=AccessionState.RUNNING)
        .exclude(Exists(AccessionItem.objects.filter(accession=OuterRef("pk"), state__in=AccessionItem.OPEN)))
        .exclude(Exists(AccessionSource.objects.filter(accession=OuterRef("pk"), state__in=AccessionSource.OPEN)))
        .first()
    )
    if accession is not None:
        accession.lease_expires_at = lease(now)
        accession.save(update_fields=["lease_expires_at"])
    return accession


def finish(accession: Accession) -> None:
    """Publish what came in, if that was asked for, let what is public already show what changed, and close.

    What came in before somebody cancelled the accession stays, and is not published.

    While the database is away nothing is closed: the lease runs out, and the sweeper comes by again. Any other
    fault is told with every item that came in, because it would come again each time; one in tying hinders no
    publication.
    """
    came_in = accession.items.filter(state__in=AccessionItem.CAME_IN, document__isnull=False)
    documents = list(came_in.values_list("document_id", flat=True))
    try:
        _tie(accession, came_in)
        for pk, reason in _make_public(accession, documents).items():
            came_in.filter(document_id=pk).update(reason=f"Came in, but {reason}")
    except LeaseLost:
        logger.warning("accession %s was taken over by another worker", accession.pk)
        return
    except DATABASE_AWAY:
        raise
    except Exception as error:
        logger.exception("what came in with accession %s cannot be published", accession.pk)
        came_in.filter(reason="").update(reason=f"Came in, but could not be published: {said(error)}")
    state = AccessionState.CANCELLED if _cancelled(accession) else _final_state(accession)
    _held(accession).update(state=state, finished_at=timezone.now(), lease_expires_at=None, cancel_requested=False)


def _tie(accession: Accession, came_in: QuerySet[AccessionItem]) -> None:
    """Tie what came in; a fault is told with the documents whose sources tell of ties.

    :raises LeaseLost: if another worker holds the accession by now.
    """
    try:
        tie(accession, on_progress=partial(_heartbeat, accession))
    except (LeaseLost, *DATABASE_AWAY):
        raise
    except Exception as error:
        logger.exception("what came in with accession %s cannot be tied", accession.pk)
        reason = f"Came in, but without its relations to others: {said(error)}"
        came_in.filter(reason="", source__reader__in=TYING).update(reason=reason)


def close_look(accession: Accession) -> None:
    """Let an accession wait for somebody to decide, once all its documents are looked at; a dry run is at its end."""
    looked = AccessionState.REHEARSED if accession.dry_run else AccessionState.LOOKED_AT
    state = AccessionState.CANCELLED if _cancelled(accession) else looked
    if state is looked and not looking.waiting(accession):
        state = _final_state(accession)  # nothing is there that could be taken in
    if state is not AccessionState.LOOKED_AT:
        looking.forget_images(accession)
    _held(accession).update(state=state, finished_at=timezone.now(), lease_expires_at=None, cancel_requested=False)


def _cancelled(accession: Accession) -> bool:
    """Whether something was left out because somebody cancelled the accession."""
    items, sources = (
        accession.items.filter(state=State.CANCELLED),
        accession.sources.filter(state=SourceState.CANCELLED),
    )
    return items.exists() or sources.exists()


def _make_public(accession: Accession, documents: list[int]) -> dict[int, str]:
    """Publish or refresh, with the lease renewed on the way; what an archivist should know of each document.

    :raises LeaseLost: if another worker holds the accession by now.
    """
    heartbeat = partial(_heartbeat, accession)
    if accession.publish and not _cancelled(accession):
        outcome = publish(documents, by=accession.created_by, on_progress=heartbeat)
    else:
        outcome = refresh(documents, on_progress=heartbeat)
    if accession.publish:  # all others were assessed when they were entered
        assess(set(documents) - set(outcome.documents), on_progress=heartbeat)
    return outcome.problems


def _heartbeat(accession: Accession) -> None:
    """Renew the lease on an accession.

    :raises LeaseLost: if another worker holds it by now.
    """
    until = lease(timezone.now())
    if not _held(accession).update(lease_expires_at=until):
        raise LeaseLost
    accession.lease_expires_at = until


def _held(accession: Accession) -> QuerySet[Accession]:
    """The accession, as long as its lease is the one that this worker wrote last."""
    return Accession.objects.filter(
        pk=accession.pk, state=AccessionState.RUNNING, lease_expires_at=accession.lease_expires_at
    )


def _final_state(accession: Accession) -> AccessionState:
    """Whether all came in, some, or nothing."""
    bad_items = Q(state__in=[State.REFUSED, State.FAILED]) | ~Q(reason="")
    errors = accession.items.filter(bad_items).exists()
    bad_sources = Q(state__in=[SourceState.REFUSED, SourceState.FAILED])
    errors |= accession.sources.filter(bad_sources).exists()
    if not errors:
        return AccessionState.DONE
    came_in = accession.items.filter(state__in=AccessionItem.CAME_IN).exists()
    return AccessionState.DONE_WITH_ERRORS if came_in else AccessionState.FAILED


def unfinished() -> Iterator[int]:
    """Accessions that are not done and that nobody holds a lease on: what the sweeper hints at again."""
    now = timezone.now()
    unheld = Accession.objects.filter(state__in=[AccessionState.QUEUED, AccessionState.RUNNING])
    for model in (AccessionSource, AccessionItem):
        taken = model._default_manager.filter(accession=OuterRef("pk"), state="taken", lease_expires_at__gte=now)
        unheld = unheld.exclude(Exists(taken))
    free = Q(lease_expires_at__isnull=True) | Q(lease_expires_at__lt=now)
    yield from unheld.filter(free).order_by("pk").values_list("pk", flat=True)
