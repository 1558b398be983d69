"""Titles: what sets are called, and what there is to say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from archive.sets.collections import COLLECTION, titles_of_collections
from archive.sets.memberships import sets_of_everything
from archive.sets.queries import QUERY, titles_of_queries
from archive.sets.units import LEVELS, titles_of_units
from archive.sets.words import LANGUAGE, TYPE, titles_of_languages, titles_of_types

#: From setSpecs to setSpec, name and description; by the first part. Each asks as few queries for many as for one.
NAMERS: dict[str, Callable[[Iterable[str]], Iterator[tuple[str, str, str]]]] = {
    COLLECTION: titles_of_collections,
    QUERY: titles_of_queries,
    LANGUAGE: titles_of_languages,
    TYPE: titles_of_types,
    **dict.fromkeys(LEVELS, titles_of_units),
}


class Title(NamedTuple):
    """The name of a set, and a description, which may be empty."""

    name: str
    description: str = ""


def titles(specs: Iterable[str]) -> dict[str, Title]:
    """The titles of sets. One that is no more, but whose records are remembered, is called by its setSpec."""
    specs = list(specs)
    found = {spec: Title(spec) for spec in specs}
    kinds: dict[Callable[..., Iterator[tuple[str, str, str]]], list[str]] = {}
    for spec in specs:
        if namer := NAMERS.get(spec.split(":")[0]):
            kinds.setdefault(namer, []).append(spec)
    for namer, own in kinds.items():
        found.update((spec, Title(name or spec, said)) for spec, name, said in namer(own))
    for spec in sets_of_everything():
        if spec in found:
            found[spec] = Title("Everything, without deleted records", "Every public record, and no deleted one.")
    return found
