"""Work: take items under a lease, enter them, and finish the accession.

Any number of workers may run the same accession at once. Each takes the next item that is queued, or whose
worker let its lease expire; it writes the document and the item's state in one transaction, and only if the
lease is still its own.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from archive import history
from archive.accession.entry import Outcome, enter
from archive.accession.pages import prepare
from archive.accession.report import understanding
from archive.conf import conf
from archive.drafts import Draft
from archive.models import Accession, AccessionItem, Original
from archive.models.accession import AccessionState
from archive.models.accession import ItemState as State
from archive.publication import DATABASE_AWAY, publish, refresh
from archive.readers import Reader, Source, SourceRefused, drafts_of
from archive.readiness import assess

logger = logging.getLogger(__name__)


class LeaseLost(Exception):  # noqa: N818 - the name says the outcome
    """Another worker has taken the item, or the accession, over; what this one did of an item is rolled back."""


def run(accession_id: int) -> None:
    """Work on an accession until there is nothing left to take, then finish it. Safe to call at any time, twice too."""
    Accession.objects.filter(pk=accession_id, state=AccessionState.QUEUED).update(state=AccessionState.RUNNING)
    while item := take(accession_id):
        work(item)
    if accession := _finishable(accession_id):
        finish(accession)


def take(accession_id: int) -> AccessionItem | None:
    """Take the next item under a lease, or None where nothing is left to take.

    Items tried too often are given up on the way.
    """
    while True:
        with transaction.atomic():
            now = timezone.now()
            if Accession.objects.filter(pk=accession_id, cancel_requested=True).exists():
                _leave_out(accession_id, now)
                return None
            item = (
                AccessionItem.objects.select_for_update(skip_locked=True)
                .filter(Q(state=State.QUEUED) | Q(state=State.TAKEN, lease_expires_at__lt=now))
                .filter(accession_id=accession_id)
                .order_by("position", "part")
                .first()
            )
            if item is None:
                return None
            if item.attempts >= conf().ATTEMPTS:
                _give_up(item, now)
                continue
            item.state = State.TAKEN
            item.attempts += 1
            item.lease_expires_at = _lease(now)
            item.save(update_fields=["state", "attempts", "lease_expires_at"])
            return item


def _leave_out(accession_id: int, now: datetime) -> None:
    """Close what nobody has in work, because somebody has cancelled the accession."""
    idle = Q(state=State.QUEUED) | Q(state=State.TAKEN, lease_expires_at__lt=now)
    AccessionItem.objects.filter(idle, accession=accession_id).update(
        state=State.CANCELLED, finished_at=now, lease_expires_at=None
    )


def _give_up(item: AccessionItem, now: datetime) -> None:
    item.state = State.FAILED
    item.finished_at = now
    item.reason = item.reason or (
        f"Tried {item.attempts} times, and each time the worker ended before it was done. "
        "The file may need more memory or time than a worker has."
    )
    item.save(update_fields=["state", "finished_at", "reason"])


def work(item: AccessionItem) -> None:
    """Read and enter one item that this worker has taken, and write down what became of it."""
    try:
        source = source_of(item.original, item.name)
        reader, drafts = documents_of(source)
        draft = drafts[item.part]
        prepared = prepare(draft, source)
        with transaction.atomic():
            _add_parts(item, len(drafts))
            entry = enter(
                draft,
                previous=previous_draft(draft),
                collection=item.accession.collection,
                source=source,
                prepared=prepared,
            )
            if entry.outcome is not Outcome.KNOWN or item.accession.collection_id:
                history.record([entry.document.pk], act=history.ACCESSION, by=item.accession.created_by, note=item.name)
            told = {**_reading(reader, draft), "reason": entry.notice}
            _close(item, State(entry.outcome), **told, document=entry.document)
    except SourceRefused as refusal:
        _close_alone(item, State.REFUSED, reason=str(refusal))
    except LeaseLost:
        logger.warning("item %s was taken over by another worker", item.pk)
    except Exception as error:
        logger.exception("item %s of accession %s failed", item.pk, item.accession_id)
        _close_alone(item, _after_failure(item), reason=_said(error))


def documents_of(source: Source) -> tuple[Reader, tuple[Draft, ...]]:
    """The reader that knows the source, and the documents that it finds in it.

    :raises SourceRefused: where the source cannot come in.
    """
    reader, drafts = drafts_of(source)
    return reader, tuple(each for each in drafts if isinstance(each, Draft))


def source_of(original: Original, name: str) -> Source:
    """The source that an original keeps, under the name it was handed in with."""
    with original.file.open("rb") as file:
        return Source(name, file.read())


def previous_draft(draft: Draft) -> Draft | None:
    """The draft that the document known by this identity came from last, read anew from its original."""
    item = (
        AccessionItem.objects.filter(
            document__identity=str(draft.identity), state__in=[State.CREATED, State.UPDATED, State.KNOWN]
        )
        .select_related("original")
        .order_by("-finished_at", "-pk")
        .first()
    )
    if item is None:
        return None
    try:
        return documents_of(source_of(item.original, item.name))[1][item.part]
    except (SourceRefused, IndexError, OSError):
        logger.warning("the original of item %s can no longer be read", item.pk)
        return None


def _reading(reader: Reader, draft: Draft) -> dict[str, Any]:
    return {"reader": reader.name, "reader_version": reader.version, "understood": understanding(draft)}


def _add_parts(item: AccessionItem, parts: int) -> None:
    """Give every document of the source an item of its own; the first item stands for the first of them."""
    if item.part == 0 and parts > 1:
        AccessionItem.objects.bulk_create(
            (
                AccessionItem(
                    accession_id=item.accession_id,
                    position=item.position,
                    part=part,
                    name=item.name,
                    original_id=item.original_id,
                )
                for part in range(1, parts)
            ),
            ignore_conflicts=True,
        )


def _close(item: AccessionItem, state: State, **values: Any) -> None:
    """Write the end of an item, if the lease is still ours.

    :raises LeaseLost: if it is not, so that the surrounding transaction is rolled back.
    """
    mine = AccessionItem.objects.filter(pk=item.pk, state=State.TAKEN, attempts=item.attempts)
    values = {"reason": "", **values}
    finished_at = None if state in AccessionItem.OPEN else timezone.now()
    if not mine.update(state=state, finished_at=finished_at, lease_expires_at=None, **values):
        raise LeaseLost


def _close_alone(item: AccessionItem, state: State, *, reason: str) -> None:
    try:
        _close(item, state, reason=reason)
    except LeaseLost:
        logger.warning("item %s was taken over by another worker", item.pk)


def _said(error: Exception) -> str:
    """An error in words that every database can keep: PostgreSQL takes no NUL."""
    return f"{type(error).__name__}: {error}".replace("\x00", "�").encode(errors="replace").decode()


def _after_failure(item: AccessionItem) -> State:
    return State.FAILED if item.attempts >= conf().ATTEMPTS else State.QUEUED


def _lease(now: datetime) -> datetime:
    return now + timedelta(seconds=conf().LEASE_SECONDS)


@transaction.atomic
def _finishable(accession_id: int) -> Accession | None:
    """The accession under a lease of its own, if all its items are done and nobody else is finishing it."""
    now = timezone.now()
    accession = (
        Accession.objects.select_for_update()
        .filter(Q(lease_expires_at__isnull=True) | Q(lease_expires_at__lt=now))
        .filter(pk=accession_id, state=AccessionState.RUNNING)
        .exclude(items__state__in=AccessionItem.OPEN)
        .first()
    )
    if accession is not None:
        accession.lease_expires_at = _lease(now)
        accession.save(update_fields=["lease_expires_at"])
    return accession


def finish(accession: Accession) -> None:
    """Publish what came in, if that was asked for, let what is public already show what changed, and close.

    What came in before somebody cancelled the accession stays, and is not published.

    While the database is away nothing is closed: the lease runs out, and the sweeper comes by again. Any other
    fault is told with every item that came in, because it would come again each time.
    """
    came_in = accession.items.filter(state__in=[State.CREATED, State.UPDATED, State.KNOWN], document__isnull=False)
    documents = list(came_in.values_list("document_id", flat=True))
    try:
        for pk, reason in _make_public(accession, documents).items():
            came_in.filter(document_id=pk).update(reason=f"Came in, but {reason}")
    except LeaseLost:
        logger.warning("accession %s was taken over by another worker", accession.pk)
        return
    except DATABASE_AWAY:
        raise
    except Exception as error:
        logger.exception("what came in with accession %s cannot be published", accession.pk)
        came_in.filter(reason="").update(reason=f"Came in, but could not be published: {_said(error)}")
    state = AccessionState.CANCELLED if _cancelled(accession) else _final_state(accession)
    _held(accession).update(state=state, finished_at=timezone.now(), lease_expires_at=None, cancel_requested=False)


def _cancelled(accession: Accession) -> bool:
    """Whether something was left out because somebody cancelled the accession."""
    return accession.items.filter(state=State.CANCELLED).exists()


def _make_public(accession: Accession, documents: list[int]) -> dict[int, str]:
    """Publish or refresh, with the lease renewed on the way; what an archivist should know of each document.

    :raises LeaseLost: if another worker holds the accession by now.
    """

    def heartbeat() -> None:
        until = _lease(timezone.now())
        if not _held(accession).update(lease_expires_at=until):
            raise LeaseLost
        accession.lease_expires_at = until

    if accession.publish and not _cancelled(accession):
        outcome = publish(documents, by=accession.created_by, on_progress=heartbeat)
    else:
        outcome = refresh(documents, on_progress=heartbeat)
    assess(set(documents) - set(outcome.documents), on_progress=heartbeat)
    return outcome.problems


def _held(accession: Accession) -> QuerySet[Accession]:
    """The accession, as long as its lease is the one that this worker wrote last."""
    return Accession.objects.filter(
        pk=accession.pk, state=AccessionState.RUNNING, lease_expires_at=accession.lease_expires_at
    )


def _final_state(accession: Accession) -> AccessionState:
    came_in = accession.items.exclude(state__in=[State.REFUSED, State.FAILED])
    if not came_in.exists():
        return AccessionState.FAILED
    errors = accession.items.filter(Q(state__in=[State.REFUSED, State.FAILED]) | ~Q(reason=""))
    return AccessionState.DONE_WITH_ERRORS if errors.exists() else AccessionState.DONE


def unfinished() -> Iterator[int]:
    """Accessions that are not done and that nobody holds a lease on: what the sweeper hints at again."""
    now = timezone.now()
    alive = AccessionItem.objects.filter(state=State.TAKEN, lease_expires_at__gte=now)
    yield from (
        Accession.objects.filter(state__in=[AccessionState.QUEUED, AccessionState.RUNNING])
        .filter(Q(lease_expires_at__isnull=True) | Q(lease_expires_at__lt=now))
        .exclude(pk__in=alive.values("accession_id"))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
