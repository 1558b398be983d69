"""Narrowing: documents, by rows that lead to them, at a cost that does not grow with the archive.

Where few rows lead to documents, one begins with the rows, and puts their documents in order. Where many do, the
documents are gone through in the order of the list, and each asks whether a row leads to it: a page is full after a
few. Either way is dear in the other's place, and SQLite cannot know which of the two it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from archive.models.document import DocumentQuerySet

#: Rows that are fetched to know them: where it was dear to find them, they are not looked for again.
FEW = 2000
#: Rows with which one begins; the database counts so many out of an index in a millisecond.
SORTED = 10_000


def few(rows: QuerySet[Any], column: str = "document", *, most: int | None = None) -> list[int] | None:
    """What rows lead to by a column; None where those are more than ``most`` rows, ``FEW`` if nothing is said.

    Reads no more of them than that takes.
    """
    bound = FEW if most is None else most
    found = list(rows.order_by().values_list(column, flat=True)[: bound + 1])
    return found if len(found) <= bound else None


def among(keys: Iterable[int]) -> RawSQL:
    """Primary keys as a subquery of one parameter, for ``pk__in``: a list of thousands costs more to parse than to ask.

    Both engines begin with the keys, and look for each by the index.
    """
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)], BigIntegerField())
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))], BigIntegerField())


def led_to(documents: DocumentQuerySet, rows: QuerySet[Any]) -> DocumentQuerySet:
    """Those of the documents to which one of ``rows`` leads, by a column ``document``; they come out of an index."""
    rows = rows.order_by()
    found = few(rows)
    if found is not None:
        return documents.filter(pk__in=among(set(found)))
    if rows[: SORTED + 1].count() <= SORTED:
        return documents.filter(pk__in=rows.values("document"))
    return documents.filter(Exists(rows.filter(document=OuterRef("pk"))))
