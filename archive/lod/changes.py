"""Changes: what became of graphs since some datestamp, told in the order of datestamps.

Whatever keeps a copy of the archive's triples (the store of SPARQL, an outside triple store, the dumps) follows these
and nothing else: one graph for each representation, by the URI of what it describes. A graph that was taken back
comes as one without content. See docs/adr/0007-no-change-is-lost.md for why none is missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from archive import uris
from archive.models import Representation

#: The format from which triples are read: a line a statement, the cheapest to parse.
FORMAT = "ntriples"
#: Representations read at once.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Change:
    """What a graph holds now, as N-Triples; None where nothing of it is public any more."""

    graph: str
    content: bytes | None
    changed_at: datetime


def since(moment: datetime) -> Iterator[list[Change]]:
    """What changed after a datestamp, in batches, each graph as it is now."""
    rows = Representation.objects.filter(format=FORMAT).order_by("changed_at", "pk")
    after = Q(changed_at__gt=moment)
    while batch := _read(rows.filter(after)):
        yield [_change(row) for row in batch]
        last = batch[-1]
        after = Q(changed_at__gt=last.changed_at) | Q(changed_at=last.changed_at, pk__gt=last.pk)


def everything() -> Iterator[list[Change]]:
    """What is public, in batches and in the order in which it came in."""
    rows = Representation.objects.filter(format=FORMAT, withdrawn=False).order_by("pk")
    key = 0
    while batch := _read(rows.filter(pk__gt=key)):
        yield [_change(row) for row in batch]
        key = batch[-1].pk


def _read(rows: QuerySet[Representation]) -> list[Representation]:
    return list(rows.only("identifier", "content", "changed_at", "withdrawn")[:BATCH])


def _change(row: Representation) -> Change:
    return Change(uris.served(row.identifier), None if row.withdrawn else bytes(row.content), row.changed_at)
