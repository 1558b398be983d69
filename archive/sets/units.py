"""Sets of archival units: ``repository:APRF``, ``fond:45``, ``fond:45:opis:1``.

Two archives may both have a fond 45. The one that was entered first is ``fond:45`` for good, and the other one is
``repository:RGASPI:fond:45``: what comes later never changes a name that harvesters know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Min

from archive.conf import conf
from archive.models import ArchivalUnit, Document
from archive.models.unit import UnitLevel
from archive.sets.specs import code_of, lineage, part
from archive.units import leading_to, path

#: First parts of these setSpecs. A unit of the level "collection" makes no set: ``collection:…`` is what archivists
#: put together.
LEVELS = frozenset(UnitLevel.values) - {UnitLevel.COLLECTION.value}


def specs_of_units(units: Mapping[int, ArchivalUnit]) -> dict[int, tuple[str, ...]]:
    """The setSpecs of units and of those above them, by primary key, in one query.

    ``units`` holds all that stand above, as archive.units.ancestors gives them.
    """
    paths = {pk: path(pk, units) for pk in units}
    first = _first(units[pk] for pk, way in paths.items() if len(way) == 2)
    return {pk: tuple(_specs(way, first)) for pk, way in paths.items()}


def titles_of_units(specs: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """setSpec, name and description of each of these sets, with a query for each level of the tree.

    What a unit is called, and what there is in it, is told while something public is: a set of which all records are
    gone has its codes and nothing more.
    """
    ways = {spec: way for spec in specs if (way := _way(spec))}
    found = _found(ways)
    public = ArchivalUnit.objects.filter(pk__in=[unit.pk for unit in found.values()])
    shown = set(public.filter(leading_to(Document.objects.public())).values_list("pk", flat=True))
    for spec, unit in found.items():
        title, description = (unit.title, unit.description) if unit.pk in shown else ("", "")
        name = ", ".join(code if level == UnitLevel.REPOSITORY else f"{level} {code}" for level, code in ways[spec])
        yield spec, f"{name}: {title}" if title else name, description


def _first(units: Iterable[ArchivalUnit]) -> dict[tuple[str, str], int]:
    """Of all units right below a repository that have the level and code of one of these, the first that was made."""
    codes = {unit.code for unit in units}
    if not codes:
        return {}
    namesakes = ArchivalUnit.objects.order_by().filter(code__in=codes, level__in=LEVELS, parent__parent__isnull=True)
    rows = namesakes.filter(parent__isnull=False).values_list("level", "code").annotate(first=Min("pk"))
    return {(level, code): pk for level, code, pk in rows}


def _specs(way: list[ArchivalUnit], first: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """The setSpecs along a way from the top down, as far as units of the level are to be sets."""
    levels = conf().OAI_UNIT_SETS
    repository = [UnitLevel.REPOSITORY.value, part(way[0].code)]
    if UnitLevel.REPOSITORY in levels:
        yield from lineage(repository)
    named: list[str] = []
    for unit in way[1:]:
        if unit.level not in levels or unit.level not in LEVELS:
            break
        named += [unit.level, part(unit.code)]
    if named:
        alone = first.get((way[1].level, way[1].code)) == way[1].pk
        yield from (lineage(named, step=2) if alone else list(lineage([*repository, *named], step=2))[1:])


def _way(spec: str) -> list[tuple[str, str]]:
    """The levels and codes that a setSpec names; none where one of the codes was too long to be kept."""
    parts = spec.split(":")
    codes = [code_of(each) for each in parts[1::2]]
    if len(parts) % 2 or None in codes:
        return []
    return [(level, code) for level, code in zip(parts[::2], codes, strict=True) if code is not None]


def _found(ways: Mapping[str, list[tuple[str, str]]]) -> dict[str, ArchivalUnit]:
    """The units to which these ways lead, one step down at a time for all of them."""
    reached: dict[str, ArchivalUnit | None] = dict.fromkeys(ways)
    for depth in range(max(map(len, ways.values()), default=0)):
        going = {spec: way[depth] for spec, way in ways.items() if len(way) > depth and (depth == 0 or reached[spec])}
        there = _step(going, {spec: reached[spec] for spec in going})
        reached.update({spec: there.get(spec) for spec in going})
    return {spec: unit for spec, unit in reached.items() if unit}


def _step(going: Mapping[str, tuple[str, str]], under: Mapping[str, ArchivalUnit | None]) -> dict[str, ArchivalUnit]:
    """One step down. Without a repository, a way begins at the first unit of that level and code below any."""
    units = ArchivalUnit.objects.filter(code__in={code for _, code in going.values()}).order_by("-pk")
    above = {unit.pk for unit in under.values() if unit}
    if above:
        units = units.filter(parent__in=above)
    else:
        units = units.filter(level__in={level for level, _ in going.values()}, parent__parent__isnull=True)
    by_name: dict[tuple[int | None, str, str], ArchivalUnit] = {}
    for unit in units:
        by_name[unit.parent_id if above else None, unit.level, unit.code] = unit
    keys = {spec: ((at.pk if (at := under[spec]) else None), *name) for spec, name in going.items()}
    return {spec: by_name[key] for spec, key in keys.items() if key in by_name}
