"""Memberships: in which sets documents are, whatever kinds of set there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from archive.conf import conf
from archive.models import ArchivalUnit, Document
from archive.sets.collections import COLLECTION, specs_of_collections
from archive.sets.queries import QUERY, specs_by_answer
from archive.sets.units import LEVELS, specs_of_units
from archive.sets.words import LANGUAGE, TYPE, specs_of_language, specs_of_type

#: First parts that mean something.
KINDS = frozenset({COLLECTION, QUERY, LANGUAGE, TYPE, *LEVELS})


def specs_of(documents: Iterable[Document], *, units: Mapping[int, ArchivalUnit]) -> dict[int, tuple[str, ...]]:
    """The setSpecs of each document and of all sets above, each once, in alphabetical order, by primary key.

    Takes the same number of queries for one document as for thousands, if their ``collections``, ``references``,
    ``subjects`` and ``texts`` are there. ``units`` are those that they refer to, with all above.
    """
    documents = list(documents)
    collections, kept = specs_of_collections(), specs_of_units(units)
    answered = specs_by_answer([document.pk for document in documents])
    whole = sets_of_everything()
    found: dict[int, tuple[str, ...]] = {}
    for document in documents:
        specs = {*whole, *answered.get(document.pk, ()), *specs_of_language(document), *specs_of_type(document)}
        specs.update(*(collections[each.pk] for each in document.collections.all()))
        specs.update(*(kept[each.unit_id] for each in document.references.all() if each.unit_id is not None))
        found[document.pk] = tuple(sorted(specs))
    return found


def sets_of_everything() -> list[str]:
    """The sets in which everything is: those without deleted records that are no other set."""
    return [spec for spec in conf().OAI_SETS_WITHOUT_DELETED if spec.split(":")[0] not in KINDS]
