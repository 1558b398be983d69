"""Batches: documents that go together, in one transaction and under lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.models import Document
from archive.models.document import DocumentQuerySet

#: Documents in one transaction. A writer holds SQLite's only lock meanwhile, so a batch stays short.
BATCH = 100


def batches(document_ids: Iterable[int], *, size: int = BATCH) -> Iterator[list[int]]:
    """Primary keys, so many at a time as one transaction takes."""
    ids = list(document_ids)
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def locked(document_ids: Iterable[int]) -> DocumentQuerySet:
    """Documents, locked in the order of their keys, so that two verbs cannot wait for each other."""
    return Document.objects.select_for_update().filter(pk__in=list(document_ids)).order_by("pk")
