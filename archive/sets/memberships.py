"""Memberships: in which sets documents are, whatever kinds of set there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.conf import conf
from archive.models import ArchivalUnit
from archive.sets.collections import COLLECTION, specs_of_collections
from archive.sets.queries import QUERY, specs_by_answer
from archive.sets.units import LEVELS, specs_of_units
from archive.sets.words import LANGUAGE, TYPE, specs_of_languages, specs_of_types

#: First parts that mean something.
KINDS = frozenset({COLLECTION, QUERY, LANGUAGE, TYPE, *LEVELS})


@dataclass(frozen=True, slots=True)
class Member:
    """What decides in which sets a document is; ``key`` is its primary key.

    ``languages`` are those of its texts, ``statements`` the JSON that it has, ``types`` the identifiers of the
    concepts of what it is; ``collections`` and ``units`` the primary keys of those that it is directly in.
    """

    key: int
    languages: Sequence[str]
    statements: object
    types: Sequence[str]
    collections: Sequence[int]
    units: Sequence[int]


def specs_of(members: Iterable[Member], *, units: Mapping[int, ArchivalUnit]) -> dict[int, tuple[str, ...]]:
    """The setSpecs of each document and of all sets above, each once, in alphabetical order, by primary key.

    Takes the same number of queries for one document as for thousands. ``units`` are those that they are in, with
    all above.
    """
    members = list(members)
    collections, kept = specs_of_collections(), specs_of_units(units)
    answered = specs_by_answer([each.key for each in members])
    whole = sets_of_everything()
    found: dict[int, tuple[str, ...]] = {}
    for each in members:
        specs = {*whole, *answered.get(each.key, ()), *specs_of_languages(each.languages)}
        specs.update(specs_of_types(each.statements, each.types))
        specs.update(*(collections[pk] for pk in each.collections))
        specs.update(*(kept[pk] for pk in each.units))
        found[each.key] = tuple(sorted(specs))
    return found


def sets_of_everything() -> list[str]:
    """The sets in which everything is: those without deleted records that are no other set."""
    return [spec for spec in conf().OAI_SETS_WITHOUT_DELETED if spec.split(":")[0] not in KINDS]
