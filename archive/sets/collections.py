"""Sets of collections: ``collection:korea:armistice``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archive.models import Collection
from archive.sets.specs import joined, lineage

#: First part of the setSpec of every collection, so that other kinds of set can stand beside them.
COLLECTION = "collection"


def spec_of(collection: int, parents: Mapping[int, int | None], slugs: Mapping[int, str]) -> str:
    """The setSpec of a collection: ``collection:korea:armistice`` for a child of ``korea``.

    ``parents`` and ``slugs`` hold every collection, by primary key.
    """
    return joined(_parts(collection, parents, slugs))


def specs_of_collections() -> dict[int, tuple[str, ...]]:
    """The setSpecs of every collection and of those above it, by primary key. One query: collections are few."""
    rows = list(Collection.objects.order_by().values_list("pk", "parent_id", "slug"))
    parents = {pk: parent for pk, parent, _ in rows}
    slugs = {pk: slug for pk, _, slug in rows}
    return {pk: tuple(lineage(_parts(pk, parents, slugs))) for pk in parents}


def titles_of_collections(specs: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """setSpec, title and description of each of these sets that is a collection still."""
    wanted = set(specs)
    own = {pk: lines[-1] for pk, lines in specs_of_collections().items() if lines[-1] in wanted}
    for pk, title, description in Collection.objects.filter(pk__in=own).values_list("pk", "title", "description"):
        yield own[pk], title, description


def _parts(collection: int, parents: Mapping[int, int | None], slugs: Mapping[int, str]) -> list[str]:
    parts: list[str] = []
    current: int | None = collection
    while current is not None and slugs[current] not in parts:  # a loop in the tree must not hang the worker
        parts.append(slugs[current])
        current = parents[current]
    return [COLLECTION, *reversed(parts)]
