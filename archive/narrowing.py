"""Narrowing: documents, by rows that lead to them, at a cost that does not grow with the archive.

Where few rows lead to documents, those are fetched and put in order. Where many do, the documents are gone through in
the order of the list, and each asks whether a row leads to it: a page is full after a few. Either way is dear in the
other's place, and SQLite cannot know which of the two it is.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from archive.models.document import DocumentQuerySet

#: Rows that are cheap to fetch and to sort.
FEW = 2000


def few(rows: QuerySet[Any]) -> list[int] | None:
    """The documents that rows lead to by a column ``document``; None where those are many rows.

    Reads no more of them than that takes.
    """
    found = list(rows.order_by().values_list("document", flat=True)[: FEW + 1])
    return found if len(found) <= FEW else None


def led_to(documents: DocumentQuerySet, rows: QuerySet[Any]) -> DocumentQuerySet:
    """Those of the documents to which one of ``rows`` leads, by a column ``document``."""
    found = few(rows)
    if found is not None:
        return documents.filter(pk__in=set(found))
    return documents.filter(Exists(rows.order_by().filter(document=OuterRef("pk"))))
