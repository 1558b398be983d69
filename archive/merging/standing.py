"""Standing: the two authorities of a merge, their names, and the documents that name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from archive.merging.shares import MODELS, Authority
from archive.models import Concept, Merge, Place
from archive.naming import documents_naming, kind_of
from archive.publication import mark_stale

#: Rows in one UPDATE: far below the 65,535 parameters that PostgreSQL takes, and SQLite's 32,766.
BATCH = 10_000


def authorities_of(merge: Merge) -> tuple[Authority, Authority]:
    """The one that was kept and the one that was merged."""
    both = MODELS[merge.kind].objects.in_bulk([merge.kept_key, merge.merged_key])
    return both[merge.kept_key], both[merge.merged_key]


def standing(merged: Authority) -> Merge | None:
    """The merge by which an authority was merged, if it still is."""
    kind = kind_of(type(merged))
    return Merge.objects.filter(kind=kind, merged_key=merged.pk, undone_at__isnull=True).first()


def changed_by(authority: Authority) -> set[int]:
    """Primary keys of an authority and of those of its kind that name it: what moves from it changes them too."""
    keys = {authority.pk}
    if isinstance(authority, Place | Concept):
        keys |= set(authority.narrower.values_list("pk", flat=True))
    if isinstance(authority, Concept):
        keys |= set(authority.related.values_list("pk", flat=True))
    return keys


def affected(merge: Merge) -> list[int]:
    """Primary keys of the public documents that name one of the two, and have to be rendered anew."""
    found: set[int] = set()
    for authority in authorities_of(merge):
        found.update(documents_naming(authority).public().values_list("pk", flat=True))
    return sorted(found)


def locked(kept: Authority, merged: Authority) -> tuple[Authority, Authority]:
    """Both as they stand now, in the order of their keys, so that two merges cannot wait for each other."""
    if type(kept) is not type(merged):
        return kept, merged
    rows = type(kept).objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    both = {row.pk: row for row in rows}
    return both[kept.pk], both[merged.pk]


def names_of(authority: Authority) -> Any:
    """The related manager of the further names."""
    return authority.labels if isinstance(authority, Concept) else authority.names


def touch(authority: Authority) -> None:
    """Mark the public documents that name an authority as stale, so that a lost hint to refresh them does no harm."""
    mark_stale(documents_naming(authority))


def batches(keys: Iterable[int]) -> Iterator[list[int]]:
    """Keys, so many at a time as one statement takes."""
    ordered = list(keys)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]
