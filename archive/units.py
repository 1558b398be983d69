"""The archival tree: find a unit, make those that lack, read a branch, move one.

A unit knows only its parent (archive.models.unit). Branches are read by recursive queries over the index on
``parent``; moving a unit writes one row, however much is below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy

from django.db import connection, transaction
from django.db.models import BigIntegerField, BooleanField
from django.db.models.expressions import RawSQL

from archive.models import ArchivalUnit
from archive.models.document import DocumentQuerySet
from archive.models.unit import UnitLevel, can_hold, sort_key
from archive.narrowing import among

#: From the top down. A papka holds dela, where an archive has papki.
LEVELS = (UnitLevel.REPOSITORY, UnitLevel.FOND, UnitLevel.OPIS, UnitLevel.PAPKA, UnitLevel.DELO)


class UnitMisplaced(Exception):  # noqa: N818 - the name says the outcome
    """A unit cannot stand where it was to be put."""


def unit_at(codes: Mapping[str, str]) -> ArchivalUnit | None:
    """The deepest unit of a path, and every unit above it, made where it lacks.

    ``codes`` maps levels to codes (``{"repository": "APRF", "fond": "45"}``); empty codes are passed over.
    None without a repository, because a fond number alone names nothing.
    """
    if not codes.get(UnitLevel.REPOSITORY):
        return None
    unit: ArchivalUnit | None = None
    for level in LEVELS:
        if code := codes.get(level, ""):
            unit, _ = ArchivalUnit.objects.get_or_create(
                parent=unit, level=level, code=code, defaults={"sort_key": sort_key(code)}
            )
    return unit


def units_at(paths: Iterable[Mapping[str, str]]) -> dict[tuple[str, ...], ArchivalUnit]:
    """The deepest unit of each path as ``unit_at`` tells it, by the codes of all levels; two queries a level.

    Where another worker makes the same unit at the same time, one waits for the other.
    """
    wanted = {codes: codes for codes in map(codes_of, paths) if codes[0]}
    found: dict[tuple[str, ...], ArchivalUnit] = {}
    for depth, level in enumerate(LEVELS):
        here = {codes[: depth + 1] for codes in wanted if codes[depth]}
        above = {path: found.get(_deepest(path[:-1])) for path in here}
        units = _children(level, above)
        found |= {path: units[unit.pk if unit else None, path[-1]] for path, unit in above.items()}
    return {codes: found[_deepest(codes)] for codes in wanted}


def codes_of(path: Mapping[str, str]) -> tuple[str, ...]:
    """The codes of a path, one for each level; empty where it has none."""
    return tuple(path.get(level, "") for level in LEVELS)


def _deepest(path: tuple[str, ...]) -> tuple[str, ...]:
    """The longest beginning of a path that names a unit; levels without a code are passed over."""
    while path and not path[-1]:
        path = path[:-1]
    return path


def _children(
    level: UnitLevel, above: Mapping[tuple[str, ...], ArchivalUnit | None]
) -> dict[tuple[int | None, str], ArchivalUnit]:
    """The units with the last code of each path, under the unit above it, made where they lack."""
    wanted = {(unit.pk if unit else None, path[-1]): unit for path, unit in above.items()}
    units = _held(level, wanted)
    lacking = sorted((key for key in wanted if key not in units), key=lambda key: (key[0] or 0, key[1]))
    if lacking:
        ArchivalUnit.objects.bulk_create(
            (ArchivalUnit(parent=wanted[key], level=level, code=key[1], sort_key=sort_key(key[1])) for key in lacking),
            ignore_conflicts=True,
        )
        units = _held(level, wanted)
    return units


def _held(
    level: UnitLevel, wanted: Mapping[tuple[int | None, str], ArchivalUnit | None]
) -> dict[tuple[int | None, str], ArchivalUnit]:
    if not wanted:
        return {}
    held = ArchivalUnit.objects.filter(level=level, code__in={code for _, code in wanted}).order_by()
    if level == UnitLevel.REPOSITORY:
        held = held.filter(parent__isnull=True)
    else:
        held = held.filter(parent__in={parent for parent, _ in wanted})
    return {(each.parent_id, each.code): each for each in held}


def branch(unit: ArchivalUnit) -> list[int]:
    """Primary keys of a unit and of everything below it."""
    step = "SELECT u.id FROM archive_archivalunit u JOIN walk ON u.parent_id = walk.id"
    with connection.cursor() as cursor:
        cursor.execute(f"{_walk([unit.pk], step)} SELECT id FROM walk", [unit.pk])  # noqa: S608
        return [row[0] for row in cursor.fetchall()]


def within(unit: ArchivalUnit) -> RawSQL:
    """The primary keys of a unit and of everything below it, as a subquery, however many those are."""
    return within_all([unit.pk])


def within_all(units: Iterable[int]) -> RawSQL:
    """The primary keys of units, of which at least one, and of everything below them, as a subquery."""
    start = list(units)
    step = "SELECT u.id FROM archive_archivalunit u JOIN walk ON u.parent_id = walk.id"
    return RawSQL(f"{_walk(start, step)} SELECT id FROM walk", start, BigIntegerField())  # noqa: S608, S611


def leading_to(documents: DocumentQuerySet) -> RawSQL:
    """A condition on units: that one of ``documents`` is kept in the unit or below it.

    Asked of each row, and answered at the first such document: a page of a list asks it of a few units, and to
    walk the whole tree from the documents up would cost the same for one unit as for all.
    """
    wanted, parameters = documents.order_by().values("pk").query.sql_with_params()
    return RawSQL(  # noqa: S611 - nothing in it comes from anybody but the ORM
        "EXISTS (WITH RECURSIVE walk(id) AS (SELECT archive_archivalunit.id UNION"  # noqa: S608
        " SELECT u.id FROM archive_archivalunit u JOIN walk ON u.parent_id = walk.id)"
        " SELECT 1 FROM walk JOIN archive_archivalreference r ON r.unit_id = walk.id"
        f" WHERE r.document_id IN ({wanted}))",
        parameters,
        BooleanField(),
    )


def ancestors(units: Iterable[int]) -> dict[int, ArchivalUnit]:
    """The units with these primary keys and everything above them, by primary key, in one query."""
    start = list(units)
    if not start:
        return {}
    step = "SELECT u.parent_id FROM archive_archivalunit u JOIN walk ON u.id = walk.id WHERE u.parent_id IS NOT NULL"
    query = f"{_walk(start, step)} SELECT u.* FROM archive_archivalunit u WHERE u.id IN (SELECT id FROM walk)"  # noqa: S608
    return {unit.pk: unit for unit in ArchivalUnit.objects.raw(query, start)}


def parents(units: Iterable[int]) -> dict[int, int | None]:
    """The unit above each of these and of all that stand above them, by primary key; one query a level.

    A unit that somebody deletes meanwhile is not in it, though it may be named as the one above another.
    """
    found: dict[int, int | None] = {}
    asked: set[int] = set()
    level = set(units)
    while level:
        rows = dict(ArchivalUnit.objects.order_by().filter(pk__in=among(level)).values_list("pk", "parent_id"))
        found |= rows
        asked |= level  # those too that were deleted since the level below was read, and are never found
        level = {above for above in rows.values() if above is not None} - asked
    return found


def path(unit_id: int, units: Mapping[int, ArchivalUnit]) -> list[ArchivalUnit]:
    """A unit and those above it, from the top down; ``units`` as ``ancestors`` gives them."""
    found: list[ArchivalUnit] = []
    current: int | None = unit_id
    while current is not None:
        found.append(units[current])
        current = units[current].parent_id
    return found[::-1]


def refuse_misplaced(unit: ArchivalUnit, *, under: ArchivalUnit) -> None:
    """Refuse to put a unit, which may be a new one, under another.

    :raises UnitMisplaced: if that one is the unit itself or below it, or of a level that cannot hold it.
    """
    if unit.pk is not None and unit.pk in ancestors([under.pk]):
        raise UnitMisplaced(f"{under} is part of {unit}, so {unit} cannot be put under it.")
    if not can_hold(under.level, unit.level):
        raise UnitMisplaced(f"A {under.get_level_display()} cannot hold a {unit.get_level_display()}.")


def problems_of(unit: ArchivalUnit, *, parent: ArchivalUnit | None, level: str, code: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a unit, which may be a new one, that is to stand there, each with the name of its field."""
    if not code and unit.identity is None:
        yield "code", "Only what a finding aid describes without a code can do without one."
    if parent is None and level != UnitLevel.REPOSITORY:
        yield "parent", "Only a repository stands at the top. Choose what this is within."
    elif parent is not None:
        moved = copy(unit)
        moved.level = level
        try:
            refuse_misplaced(moved, under=parent)
        except UnitMisplaced as misplaced:
            yield "parent", str(misplaced)
    held = (
        unit.children.order_by().values_list("level", flat=True).distinct() if unit.pk and level != unit.level else ()
    )
    if (unfit := next((each for each in held if not can_hold(level, each)), None)) is not None:
        yield "level", f"It holds a {UnitLevel(unfit).label}, which a {UnitLevel(level).label} cannot."
    twins = ArchivalUnit.objects.filter(parent=parent, level=level, code=code)
    if code and twins.exclude(pk=unit.pk).exists():
        yield "code", f"There is a {UnitLevel(level).label} {code} here already."


@transaction.atomic
def move(unit: ArchivalUnit, *, under: ArchivalUnit) -> None:
    """Put a unit, with all that is below it, under another one.

    :raises UnitMisplaced: if that one is the unit itself or below it, or of a level that cannot hold it.
    """
    refuse_misplaced(unit, under=under)
    unit.parent = under
    unit.save(update_fields=["parent", "modified_at"])


def _walk(start: list[int], step: str) -> str:
    """A WITH clause for the keys reached from ``start``; UNION, not UNION ALL, so that a loop in the data ends."""
    marks = ", ".join(["%s"] * len(start))
    return f"WITH RECURSIVE walk(id) AS (SELECT id FROM archive_archivalunit WHERE id IN ({marks}) UNION {step})"  # noqa: S608
