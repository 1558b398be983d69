"""Entering: take documents under a lease, many at a time, and enter each batch in one transaction.

If a batch fails, its documents are entered again one by one, so that a bad one fails alone.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive.accession import leases
from archive.accession.arrivals import Arrival, arrivals_of
from archive.accession.entry import enter_all
from archive.accession.leases import LeaseLost
from archive.accession.originals import Kept, Originals
from archive.accession.outcomes import Entry, Outcome
from archive.accession.remembering import remember_made
from archive.inserting import New
from archive.models import AccessionItem
from archive.models.accession import ItemState
from archive.readiness import assess, assess_new

logger = logging.getLogger(__name__)

#: Documents entered in one transaction. A writer holds SQLite's only lock meanwhile.
DOCUMENTS = 500


def rows() -> QuerySet[AccessionItem]:
    """Items with what entry asks of them; originals are asked for only by those with pages."""
    accession = ("accession__collection", "accession__created_by")  # the same for all, and so no join
    return AccessionItem.objects.select_related("source").prefetch_related(*accession)


def take(accession_id: int, *, limit: int = DOCUMENTS) -> list[AccessionItem]:
    """Take the next documents under a lease, or none where nothing is to be taken now."""
    return leases.take(rows(), accession_id=accession_id, limit=limit)


def enter(batch: Sequence[AccessionItem], originals: Originals | None = None) -> None:
    """Enter documents that this worker has taken, and write down what became of each.

    ``originals`` is where the bytes of their sources are: in the storage of the site, unless this is a rehearsal.
    """
    try:
        _enter(batch, arrivals_of(batch, originals or Kept()))
    except LeaseLost:
        logger.warning("documents of accession %s were taken over by another worker", batch[0].accession_id)
    except Exception as error:
        if len(batch) == 1:
            logger.exception("item %s of accession %s failed", batch[0].pk, batch[0].accession_id)
            leases.put_back(AccessionItem.objects.all(), batch, reason=leases.said(error))
            return
        logger.warning("documents of accession %s are tried one by one", batch[0].accession_id, exc_info=True)
        for place, item in enumerate(batch):
            leases.renew(AccessionItem.objects.all(), batch[place:])
            enter([item], originals)


@transaction.atomic
def _enter(batch: Sequence[AccessionItem], arrivals: Sequence[Arrival]) -> None:
    """Enter documents, all or none.

    :raises LeaseLost: if another worker has one of them by now.
    """
    if len(leases.held(AccessionItem.objects.all(), batch).values_list("pk")) != len(batch):
        raise LeaseLost
    accession = batch[0].accession
    began = timezone.now()
    on_new = _told_later if accession.publish else assess_new
    entries = enter_all(arrivals, collection=accession.collection, by=accession.created_by, on_new=on_new)
    _remember(batch, entries, since=began)
    _close(batch, entries)
    if not accession.publish:
        assess(each.document.pk for each in entries if each.document and each.outcome is Outcome.UPDATED)


def _told_later(new: New) -> None:
    """Who publishes documents describes them, and says then what they lack."""


def _remember(batch: Sequence[AccessionItem], entries: Sequence[Entry], *, since: datetime) -> None:
    """Let the history begin of what was made for the documents."""
    accession, names = batch[0].accession, {item.source.name for item in batch}
    changed = {each.document.pk for each in entries if each.document and each.outcome is not Outcome.KNOWN}
    note = names.pop() if len(names) == 1 else str(accession)
    remember_made(changed, since=since, by=accession.created_by, note=note)


def _close(batch: Sequence[AccessionItem], entries: Sequence[Entry]) -> None:
    """Write down what became of documents, in one pass over their rows, for each holds all that was understood."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    ends = []
    for item, entry in zip(batch, entries, strict=True):
        if entry.reason or entry.notice:
            _tell(item, entry)
        reason = item.reason if entry.outcome is Outcome.REFUSED else ""
        document = entry.document.pk if entry.document else None
        ends.append((ItemState(entry.outcome).value, now, reason, document, item.pk))
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE archive_accessionitem SET state = %s, finished_at = %s, lease_expires_at = NULL, reason = %s,"
            " document_id = COALESCE(%s, document_id) WHERE id = %s",
            ends,
        )


def _tell(item: AccessionItem, entry: Entry) -> None:
    """Write beside a document what an archivist should know of it."""
    item.reason = entry.reason
    if entry.notice:
        notices = item.understood.get("notices", [])
        item.understood = {**item.understood, "notices": [*notices, {"message": entry.notice, "span": None}]}
    item.save(update_fields=["reason", "understood"])
