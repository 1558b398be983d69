"""Sets: the groups of documents that harvesters can ask for, named by OAI setSpecs.

A setSpec is built of parts joined by colons (OAI-PMH 2.0, section 2.6), and an item of a set is an item of
every set above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

#: First part of the setSpec of every collection, so that other kinds of set can stand beside them.
COLLECTION = "collection"


def spec_of(collection: int, parents: Mapping[int, int | None], slugs: Mapping[int, str]) -> str:
    """The setSpec of a collection: ``collection:korea:armistice`` for a child of ``korea``.

    ``parents`` and ``slugs`` hold every collection, by primary key.
    """
    parts: list[str] = []
    current: int | None = collection
    while current is not None and slugs[current] not in parts:  # a loop in the tree must not hang the worker
        parts.append(slugs[current])
        current = parents[current]
    return ":".join([COLLECTION, *reversed(parts)])


def specs_of(
    collections: Iterable[int], parents: Mapping[int, int | None], slugs: Mapping[int, str]
) -> tuple[str, ...]:
    """The setSpecs of collections and of all above them, each once, in alphabetical order."""
    specs: set[str] = set()
    for collection in collections:
        parts = spec_of(collection, parents, slugs).split(":")
        specs.update(":".join(parts[:depth]) for depth in range(2, len(parts) + 1))
    return tuple(sorted(specs))
