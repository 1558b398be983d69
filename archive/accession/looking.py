"""Looking: documents rehearsed by the worker, and then taken in or discarded as somebody decides.

The very entry of ``archive.accession.entering``, batch by batch under leases, each rolled back; what would have
become of each document is written on its item. A document that an earlier batch brought is entered before the batch
that brings it again, so that the second says what it changes of the first. The images of pages are made and stay, so
that they need not be made again when the documents come in; they go when nothing comes of it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.utils import timezone

from archive.accession import entering, images, leases, superseded
from archive.accession.arrivals import Arrival, arrivals_of
from archive.accession.differing import differences_of
from archive.accession.entry import enter_all
from archive.accession.leases import LeaseLost
from archive.accession.originals import Originals
from archive.accession.outcomes import Entry
from archive.accession.report import foretold
from archive.accession.steering import OPEN
from archive.accession.submission import hint
from archive.drafts import RecordId
from archive.models import Accession, AccessionItem, AccessionSource, Original
from archive.models.accession import AccessionState, ItemState, SourceState

logger = logging.getLogger(__name__)


def look(batch: Sequence[AccessionItem], originals: Originals) -> None:
    """Rehearse documents that this worker has taken, and write on each what would become of it."""
    if batch[0].accession.rereads_id:
        passed_over = superseded.not_again(batch)
        AccessionItem.objects.filter(pk__in=passed_over).delete()
        batch = [each for each in batch if each.pk not in passed_over]
    if not batch:
        return
    try:
        seen = _rehearsed(batch, originals)
        _write_down(batch, seen)
    except LeaseLost:
        logger.warning("documents of accession %s were taken over by another worker", batch[0].accession_id)
    except Exception as error:
        if len(batch) == 1:
            logger.exception("item %s of accession %s failed", batch[0].pk, batch[0].accession_id)
            leases.put_back(AccessionItem.objects.all(), batch, reason=leases.said(error))
            return
        for place, item in enumerate(batch):
            leases.renew(AccessionItem.objects.all(), batch[place:])
            look([item], originals)


@transaction.atomic
def _rehearsed(batch: Sequence[AccessionItem], originals: Originals) -> dict[int, dict[str, Any]]:
    """What would become of documents; nothing of it stays."""
    every = [*_earlier(batch), *batch]
    accession = batch[0].accession
    mark = transaction.savepoint()
    arrivals = arrivals_of(every, originals)
    entries = enter_all(arrivals, collection=accession.collection, by=accession.created_by)
    now = timezone.now()
    for item, entry in zip(every, entries, strict=True):
        item.state, item.document, item.finished_at = ItemState(entry.outcome), entry.document, now
        item.save(update_fields=["state", "document", "finished_at"])
    differences = differences_of(every)
    seen = {
        item.pk: {
            "outcome": str(entry.outcome),
            "reason": entry.reason,
            "notice": entry.notice,
            "identifier": _identifier(arrival, entry),
            "title": entry.document.title if entry.document else "",
            "changes": [],
            "kept": [],
            **differences.get(item.pk, {}),
        }
        for item, arrival, entry in zip(every, arrivals, entries, strict=True)
    }
    transaction.savepoint_rollback(mark)
    return {item.pk: seen[item.pk] for item in batch}


def _identifier(arrival: Arrival, entry: Entry) -> str:
    if entry.document is None:
        return ""
    own = [each.value.value for each in arrival.draft.all(RecordId)]
    return foretold(entry.document.identifier, entry.outcome, own)


def _earlier(batch: Sequence[AccessionItem]) -> list[AccessionItem]:
    """Items of the same accession that were looked at before and are of the same documents."""
    identities = {each.identity for each in batch}
    rows = entering.rows().filter(accession=batch[0].accession_id, state=ItemState.LOOKED_AT, pk__lt=batch[0].pk)
    return list(rows.filter(identity__in=identities).order_by("pk"))


@transaction.atomic
def _write_down(batch: Sequence[AccessionItem], seen: dict[int, dict[str, Any]]) -> None:
    """Write what would become of each, if they are still this worker's.

    :raises LeaseLost: if another worker has one of them by now.
    """
    taken = {each.pk: each for each in leases.held(AccessionItem.objects.all(), batch)}
    if len(taken) != len(batch):
        raise LeaseLost
    now = timezone.now()
    for item in taken.values():
        item.looked, item.finished_at, item.lease_expires_at = seen[item.pk], now, None
        refused = item.looked["outcome"] == ItemState.REFUSED
        item.state = ItemState.REFUSED if refused else ItemState.LOOKED_AT
        item.reason = item.looked["reason"]
    fields = ["looked", "state", "reason", "finished_at", "lease_expires_at"]
    AccessionItem.objects.bulk_update(taken.values(), fields, batch_size=100)


def waiting(accession: Accession) -> bool:
    """Whether there is something that could be taken in after a look."""
    return accession.items.filter(state=ItemState.LOOKED_AT).exists() or describing(accession).exists()


def describing(accession: Accession) -> QuerySet[AccessionSource]:
    """The sources that describe more than documents: archival units, agents and the like."""
    whole = accession.sources.filter(state=SourceState.READ, members__isnull=True)
    return whole.annotate(documents=Count("items")).filter(drafts__gt=F("documents")).order_by()


@transaction.atomic
def take_in(accession: Accession) -> int:
    """Let what was looked at come in; how many documents that is, or files if there are none. What was refused stays.

    Files that describe more than documents are read once more, before their documents come in.
    """
    accession = Accession.objects.select_for_update().get(pk=accession.pk)
    if accession.state != AccessionState.LOOKED_AT:
        return 0
    count = accession.items.filter(state=ItemState.LOOKED_AT).update(
        state=ItemState.QUEUED, attempts=0, finished_at=None, retry_at=None
    )
    files = AccessionSource.objects.filter(pk__in=describing(accession).values("pk")).update(
        state=SourceState.QUEUED, things_only=True, drafts=0, notices=[], attempts=0, finished_at=None, retry_at=None
    )
    accession.state, accession.look_first, accession.finished_at = AccessionState.QUEUED, False, None
    accession.save(update_fields=["state", "look_first", "finished_at"])
    hint(accession)
    return count or files


@transaction.atomic
def discard(accession: Accession) -> bool:
    """Take nothing in of what was looked at; False if somebody has decided already. Originals are kept."""
    accession = Accession.objects.select_for_update().get(pk=accession.pk)
    if accession.state != AccessionState.LOOKED_AT:
        return False
    accession.items.filter(state=ItemState.LOOKED_AT).update(state=ItemState.CANCELLED)
    forget_images(accession)
    Accession.objects.filter(pk=accession.pk).update(state=AccessionState.DISCARDED)
    return True


def forget_images(accession: Accession) -> None:
    """Remove the page images that were made for a look of which nothing comes, but for those that others need."""
    others = AccessionSource.objects.filter(
        original=OuterRef("pk"), accession__state__in=(*OPEN, AccessionState.LOOKED_AT)
    )
    mine = Original.objects.filter(Exists(accession.sources.filter(original=OuterRef("pk"))))
    unneeded = mine.exclude(Exists(others.exclude(accession=accession)))
    images.forget(unneeded.values_list("sha256", flat=True).iterator())
