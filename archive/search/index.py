"""The index and its verb, ``reindex``: make the index say of documents what is true of them now.

Public documents are written, all others removed. The old entry answers until the new one is committed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator

from django.db import InterfaceError, OperationalError, transaction

from archive.models import Document
from archive.search.engines import engine
from archive.search.entries import entries
from archive.search.models import Change

logger = logging.getLogger(__name__)

#: Documents in one transaction. A writer holds SQLite's only lock meanwhile, so a batch stays short.
BATCH = 100


def reindex(document_ids: Iterable[int] | None = None, *, after_batch: Callable[[int], None] | None = None) -> int:
    """Index documents anew, or the whole archive; return how many are now in the index.

    Without ids, entries of documents that are no longer there are removed too. ``after_batch`` is told how
    many documents the batch had. Safe to run twice, and by several workers at once.
    """
    written = 0
    for batch in _batches(_all() if document_ids is None else document_ids):
        written += _reindex_each(batch)
        if after_batch:
            after_batch(len(batch))
    return written


def catch_up() -> int:
    """Index what has changed and is not yet in the index; return how many documents that were."""
    changed = list(Change.objects.order_by().values_list("document_id", flat=True).distinct())
    reindex(changed)
    return len(changed)


def _reindex_each(batch: list[int]) -> int:
    """One batch in one transaction; where one document makes that fail, each in its own."""
    try:
        return _reindex(batch)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("a document of this batch cannot be indexed: %s", batch)
        if len(batch) == 1:
            return 0
        return sum(_reindex_each([pk]) for pk in batch)


@transaction.atomic
def _reindex(batch: list[int]) -> int:
    """One batch. The documents are locked, or an older state could be written over a newer one."""
    list(Document.objects.select_for_update().filter(pk__in=batch).order_by("pk").values_list("pk"))
    changes = list(Change.objects.filter(document_id__in=batch).values_list("pk", flat=True))
    public = set(Document.objects.public().filter(pk__in=batch).values_list("pk", flat=True))
    engine().write(entries(public))
    engine().remove(pk for pk in batch if pk not in public)
    Change.objects.filter(pk__in=changes).delete()
    return len(public)


def _all() -> list[int]:
    """Every document that is, or may have to be taken out."""
    return sorted({*Document.objects.public().values_list("pk", flat=True), *engine().held()})


def _batches(document_ids: Iterable[int]) -> Iterator[list[int]]:
    ids = list(dict.fromkeys(document_ids))
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
