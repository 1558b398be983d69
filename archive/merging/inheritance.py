"""Inheritance: fields that the kept authority lacks and the merged one has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archive.merging.refusals import below
from archive.merging.shares import Authority
from archive.models import Agent, Place

#: The columns that are inherited, by kind of authority. Those in one tuple go together or not at all.
INHERITED: dict[str, tuple[tuple[str, ...], ...]] = {
    "agent": (("kind",), ("sort_name",), ("dates",), ("note",)),
    "place": (("feature",), ("latitude", "longitude"), ("broader",), ("note",)),
    "concept": (("notation",), ("note",)),
}


@dataclass(frozen=True, slots=True)
class Inherited:
    """One field: its name in the model, how it is called, and the value, in words and as it is stored."""

    name: str
    label: str
    words: str
    value: Any


def inherited(kind: str, kept: Authority, merged: Authority) -> tuple[Inherited, ...]:
    """The fields that ``kept`` lacks and ``merged`` has."""
    return tuple(
        _field(name, merged)
        for together in INHERITED[kind]
        if all(_lacks(kept, name) for name in together) and not any(_lacks(merged, name) for name in together)
        if together != ("broader",) or _may_be_within(kept, merged)
        for name in together
    )


def take_over(kept: Authority, fields: Iterable[Inherited]) -> dict[str, list[Any]]:
    """Write the fields, and return what each was and is, as JSON has it; for ``give_back``."""
    written: dict[str, list[Any]] = {}
    for each in fields:
        column = kept._meta.get_field(each.name)
        before = column.value_from_object(kept)  # type: ignore[union-attr]
        setattr(kept, column.attname, each.value)  # type: ignore[union-attr]
        written[each.name] = [before, str(each.value) if each.name in ("latitude", "longitude") else each.value]
    if written:
        kept.save(update_fields=[*written, "modified_at"])
    return written


def give_back(kept: Authority, written: dict[str, list[Any]]) -> None:
    """Empty fields that were inherited, where nobody has written anything else since."""
    changed = []
    for name, (before, after) in written.items():
        column: Any = kept._meta.get_field(name)
        if column.value_from_object(kept) == _parsed(column, after):
            setattr(kept, column.attname, before)
            changed.append(name)
    together = {"latitude", "longitude"}
    if together & set(changed) and not together <= set(changed):  # somebody has moved it: both stay
        for name in together & set(changed):
            changed.remove(name)
            column = kept._meta.get_field(name)
            setattr(kept, name, _parsed(column, written[name][1]))
    if changed:
        kept.save(update_fields=[*changed, "modified_at"])


def _field(name: str, merged: Authority) -> Inherited:
    column: Any = merged._meta.get_field(name)
    shown = getattr(merged, f"get_{name}_display", None)
    words = shown() if shown else str(getattr(merged, name))
    return Inherited(name, str(column.verbose_name), words, column.value_from_object(merged))


def _lacks(authority: Authority, name: str) -> bool:
    value = getattr(authority, name)
    return value in ("", None) or (name == "kind" and value == Agent.Kind.UNKNOWN)


def _may_be_within(kept: Authority, merged: Authority) -> bool:
    """Whether what is around the merged place can be around the kept one, and is not within it."""
    if not isinstance(kept, Place) or not isinstance(merged, Place):
        return False
    return merged.broader_id != kept.pk and merged.broader_id not in below(kept)


def _parsed(column: Any, value: Any) -> Any:
    """A value of JSON as the column has it."""
    return value if column.is_relation else column.to_python(value)
