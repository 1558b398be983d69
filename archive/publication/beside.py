"""Beside: public documents that name others in a relation, and say their titles.

Where one of those others becomes public or ceases to be, they are no longer true. That is written down in the
same transaction, so that nothing can be forgotten; rendering them is for a worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q

from archive.models import Document, DocumentRelation
from archive.models.document import DocumentQuerySet
from archive.publication.waiting import mark_stale


def lock_with_beside(document_ids: Sequence[int]) -> None:
    """Lock documents and those that name them, in the order of their keys, so that no two verbs wait for each other."""
    naming = DocumentRelation.objects.filter(target__in=document_ids).order_by().values("document")
    both = Document.objects.filter(Q(pk__in=document_ids) | Q(pk__in=naming)).order_by("pk")
    list(both.select_for_update().values_list("pk"))


def mark_beside(document_ids: Iterable[int]) -> list[int]:
    """Mark the public documents that name these as stale, and return them."""
    ids = list(document_ids)
    return mark_stale(_naming(ids)) if ids else []


def _naming(document_ids: Sequence[int]) -> DocumentQuerySet:
    relations = DocumentRelation.objects.filter(target__in=document_ids).order_by()
    return Document.objects.filter(pk__in=relations.values("document"))
