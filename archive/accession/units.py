"""Units: enter the archival tree that a finding aid describes, many units at a time.

A unit is known again by its identity. Where there is none yet, it is the one that documents' references have made
under the same parent with the same code: a delo that a telegram cites is the file that the finding aid describes.
What the finding aid says is taken over where the unit still says what it said last; where a person has changed it
since, the person is right. What the finding aid no longer has stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from archive import history
from archive.accession.outcomes import Outcome
from archive.accession.own import identifier_of
from archive.accession.unit_mapping import FIELDS, contents_of_unit, level_of
from archive.drafts import Number, UnitDraft
from archive.models import AccessionSource, ArchivalReference, ArchivalUnit, Document
from archive.models.unit import UnitLevel, sort_key
from archive.publication.batches import batches, locked
from archive.units import within_all

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Levels of references, and those by which a finding aid means the same.
_SAME: dict[str, frozenset[str]] = {
    UnitLevel.FOND: frozenset({UnitLevel.FOND, UnitLevel.COLLECTION}),
    UnitLevel.OPIS: frozenset({UnitLevel.OPIS, UnitLevel.SUBFONDS, UnitLevel.SERIES, UnitLevel.OTHER}),
    UnitLevel.PAPKA: frozenset({UnitLevel.PAPKA, UnitLevel.SERIES, UnitLevel.SUBSERIES, UnitLevel.OTHER}),
    UnitLevel.DELO: frozenset({UnitLevel.DELO, UnitLevel.FILE, UnitLevel.OTHER}),
    UnitLevel.LIST: frozenset({UnitLevel.LIST, UnitLevel.ITEM}),
}
#: Rows written by one statement.
_AT_ONCE = 500
_WRITTEN = [*FIELDS, "identity", "sort_key", "said", "modified_at"]

Known = dict[str, ArchivalUnit]


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit that is in: what became of it, and what an archivist should know. ``unit`` is None if it is not in."""

    draft: UnitDraft
    outcome: Outcome | None
    unit: ArchivalUnit | None
    remarks: tuple[str, ...] = ()


#: What ``enter_units`` says of a batch, and in it the units in which something moved.
_SUMMED_UP = re.compile(r"\A[0-9]+ archival units, from .* on: [^:]*\.\Z")
_MOVED = re.compile(r"([0-9]+) (?:are new|were updated)")


def enter_units(units: Sequence[UnitDraft], *, source: AccessionSource) -> list[str]:
    """Enter units in the caller's transaction, and say what became of them, for a report on the source.

    Called for each batch, in the order of the source. A batch may come again.
    """
    entries = enter_tree(units, by=source.accession.created_by, note=source.name)
    counted = Counter(entry.outcome for entry in entries)
    words = ((Outcome.CREATED, "are new"), (Outcome.UPDATED, "were updated"), (Outcome.KNOWN, "were known already"))
    said = ", ".join(f"{counted[outcome]} {what}" for outcome, what in words if counted[outcome])
    first = entries[0].unit or entries[0].draft.code if entries else ""
    counts = [f"{len(entries)} archival units, from {first} on: {said}."] if said else []
    return [*counts, *(f"{_called(entry)}: {remark}" for entry in entries for remark in entry.remarks)]


def units_moved(said: Iterable[str]) -> int:
    """How many units were created or updated, by what ``enter_units`` said."""
    return sum(int(count) for each in said if _SUMMED_UP.search(each) for count in _MOVED.findall(each))


@transaction.atomic
def enter_tree(drafts: Sequence[UnitDraft], *, by: User | None = None, note: str = "") -> list[UnitEntry]:
    """Create or update the units of these drafts, of which each comes after its parent.

    Their history says that it was done on behalf of ``by``, with ``note``. Queries do not grow with the number of
    units, but with the depth of the tree in this batch.
    """
    known = _known(drafts)
    own = _own(drafts, known)
    known |= own
    entries = {str(each.identity): UnitEntry(each, Outcome.KNOWN, own[str(each.identity)])
               for each in drafts if str(each.identity) in own}  # fmt: skip
    waiting = [each for each in drafts if str(each.identity) not in own]
    while waiting:
        ready = [each for each in waiting if each.parent is None or str(each.parent) in known]
        if not ready:
            entries |= {str(each.identity): _without_parent(each) for each in waiting}
            break
        entries |= _enter_level(ready, known, partial(history.record, act=history.ACCESSION, by=by, note=note))
        done = {id(each) for each in ready}
        waiting = [each for each in waiting if id(each) not in done]
    result = [entries[str(each.identity)] for each in drafts]
    _touch(entry.unit for entry in result if entry.unit and entry.outcome is Outcome.UPDATED)
    return result


def vanished(whole: ArchivalUnit, identities: Iterable[str]) -> list[ArchivalUnit]:
    """The units below one that came from its finding aid, and that it no longer has. They stay as they are."""
    held = set(identities)
    below = ArchivalUnit.objects.filter(pk__in=within_all([whole.pk]), identity__isnull=False)
    return [unit for unit in below.order_by("pk") if unit.identity not in held]


def _known(drafts: Sequence[UnitDraft]) -> Known:
    """The units that have the identities of these drafts or of their parents."""
    wanted = {str(each.identity) for each in drafts} | {str(each.parent) for each in drafts if each.parent}
    units: Known = {}
    ordered = sorted(wanted)
    for start in range(0, len(ordered), _AT_ONCE):
        found = ArchivalUnit.objects.filter(identity__in=ordered[start : start + _AT_ONCE])
        units |= {unit.identity: unit for unit in found.select_for_update().order_by("pk") if unit.identity}
    return units


def _own(drafts: Sequence[UnitDraft], known: Known) -> Known:
    """The units that are here under the very address by which their source knows them; they stay as they are."""
    identities = {str(identity) for each in drafts for identity in (each.identity, each.parent) if identity}
    own = {name: each for each in identities - known.keys() if (name := identifier_of(each, "unit"))}
    there = ArchivalUnit.objects.filter(identifier__in=own).select_for_update().order_by("pk") if own else ()
    return {own[unit.identifier]: unit for unit in there}


def _enter_level(drafts: Sequence[UnitDraft], known: Known, record: Callable[..., object]) -> dict[str, UnitEntry]:
    """Enter drafts whose parents are in; ``record`` writes their history."""
    entries: dict[str, UnitEntry] = {}
    new = [each for each in drafts if str(each.identity) not in known]
    taken = _Children(new, known)
    created: list[ArchivalUnit] = []
    updated: list[ArchivalUnit] = []
    for draft in drafts:
        unit = known.get(str(draft.identity)) or taken.meant(draft)
        if unit is None:
            entry = _created(draft, known, taken)
            created += [entry.unit] if entry.unit else []
        else:
            entry = _updated(draft, unit)
            updated += [unit] if entry.outcome is Outcome.UPDATED else []
        entries[str(draft.identity)] = entry
        if entry.unit:
            known[str(draft.identity)] = entry.unit
    history.keep([unit.pk for unit in updated], of=ArchivalUnit)
    ArchivalUnit.objects.bulk_create(created, batch_size=_AT_ONCE)
    ArchivalUnit.objects.bulk_update(updated, _WRITTEN, batch_size=_AT_ONCE)
    record([unit.pk for unit in (*created, *updated)], of=ArchivalUnit)
    return entries


class _Children:
    """What stands already under the parents of new units: which codes are taken, and which unit a draft means."""

    def __init__(self, drafts: Sequence[UnitDraft], known: Known) -> None:
        self._parents = {str(each.identity): known[str(each.parent)].pk if each.parent else None for each in drafts}
        self._held: dict[tuple[int | None, str], list[ArchivalUnit]] = {}
        self._taken: set[tuple[int | None, str, str]] = set()
        codes = sorted({code for each in drafts for code in _codes_of(each)})
        parents = {pk for pk in self._parents.values() if pk is not None}
        at_top = Q(parent__isnull=True) if None in self._parents.values() else Q(pk__in=[])
        for start in range(0, len(codes), _AT_ONCE):
            some = codes[start : start + _AT_ONCE]
            named = Q(code__in=some) | Q(parent__isnull=True, title__in=some)
            found = ArchivalUnit.objects.filter(named).filter(at_top | Q(parent__in=parents)).order_by("pk")
            for unit in found.select_for_update():
                for name in {unit.code, unit.title if unit.parent_id is None else unit.code}:
                    self._held.setdefault((unit.parent_id, name), []).append(unit)
                self._taken.add((unit.parent_id, unit.level, unit.code))

    def meant(self, draft: UnitDraft) -> ArchivalUnit | None:
        """The unit that references or a person made and that the draft describes; of several, none is guessed at."""
        parent, level = self._parents[str(draft.identity)], level_of(draft)
        found = {
            unit.pk: unit
            for code in _codes_of(draft)
            for unit in self._held.get((parent, code), ())
            if unit.identity is None and (unit.level == level or level in _SAME.get(unit.level, ()))
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def take(self, draft: UnitDraft) -> bool:
        """Take a code under its parent; whether it was free."""
        key = (self._parents[str(draft.identity)], level_of(draft).value, draft.code)
        free = key not in self._taken
        self._taken.add(key)
        return free


def _codes_of(draft: UnitDraft) -> tuple[str, ...]:
    """The codes by which a unit may stand here already; a repository also by the code of its agency."""
    if draft.parent is not None:
        return (draft.code,) if draft.code else ()
    numbers = [each.value.value for each in draft.fields if isinstance(each.value, Number)]
    return tuple(dict.fromkeys([draft.code, *numbers]))


def _created(draft: UnitDraft, known: Known, taken: _Children) -> UnitEntry:
    contents = contents_of_unit(draft)
    remarks = [notice.message for notice in draft.notices]
    code = draft.code
    if code and not taken.take(draft):
        remarks.append(f"another {level_of(draft).label} has the code {code} here, so this one goes by its title.")
        contents["statements"] = [
            {"term": "identifier", "value": code, "language": "", "uri": ""},
            *contents["statements"],
        ]
        code = ""
    parent = known[str(draft.parent)] if draft.parent else None
    unit = ArchivalUnit(
        identity=str(draft.identity), parent=parent, level=level_of(draft), code=code, said=contents, **contents
    )
    unit.identifier = identifier_of(str(draft.identity), "unit") or unit.identifier
    unit.sort_key = _sort_key(draft, code)
    return UnitEntry(draft, Outcome.CREATED, unit, tuple(remarks))


def _updated(draft: UnitDraft, unit: ArchivalUnit) -> UnitEntry:
    """Take over what the finding aid says otherwise than last time, where no person has changed it."""
    new, old = contents_of_unit(draft), unit.said
    if draft.code and not unit.code:
        new["statements"] = [{"term": "identifier", "value": draft.code, "language": "", "uri": ""}, *new["statements"]]
    kept = []
    changed = unit.identity is None or new != old
    for name, nothing in FIELDS.items():
        now, before = getattr(unit, name), old.get(name, nothing)
        if new[name] == now:
            continue
        if now == before:
            setattr(unit, name, new[name])
        else:
            kept.append(name.replace("_", " "))
    place = _sort_key(draft, unit.code)
    if not unit.code and unit.sort_key != place:
        unit.sort_key, changed = place, True
    unit.identity, unit.said, unit.modified_at = str(draft.identity), new, timezone.now()
    remarks = [*(notice.message for notice in draft.notices), *_kept(kept), *_moved(draft, unit)]
    return UnitEntry(draft, Outcome.UPDATED if changed else Outcome.KNOWN, unit, tuple(remarks))


def _kept(names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"the finding aid says otherwise, and what a person wrote was kept: {', '.join(names)}."


def _moved(draft: UnitDraft, unit: ArchivalUnit) -> Iterator[str]:
    """What of its place the finding aid sees otherwise. A unit with all below it is moved by a person alone."""
    if level_of(draft) != unit.level and level_of(draft) not in _SAME.get(unit.level, ()):
        yield f"the finding aid calls it {level_of(draft).label} now; change that in the tree if it is right."


def _sort_key(draft: UnitDraft, code: str) -> str:
    return (sort_key(code) if code else f"{draft.position:012}")[:400]


def _without_parent(draft: UnitDraft) -> UnitEntry:
    return UnitEntry(draft, None, None, ("what it stands under is not here any more, so it did not come in.",))


def _called(entry: UnitEntry) -> str:
    unit = entry.unit
    return str(unit) if unit else f"{entry.draft.level} {entry.draft.code}".strip()


def _touch(units: Iterable[ArchivalUnit]) -> None:
    """Mark public documents whose path changed, so that the sweeper renders them anew."""
    changed = [unit.pk for unit in units]
    found: set[int] = set()
    for start in range(0, len(changed), _AT_ONCE):
        held = ArchivalReference.objects.filter(unit__in=within_all(changed[start : start + _AT_ONCE]))
        found.update(held.filter(document__isnull=False).values_list("document", flat=True))
    for batch in batches(sorted(found), size=_AT_ONCE):
        # Locked first: an update takes rows as they lie and verbs in order, so that they could wait for each other.
        list(locked(batch).values_list("pk"))
        Document.objects.public().filter(pk__in=batch).update(modified_at=timezone.now())
