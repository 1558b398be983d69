"""Plans: what a merge would do, row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from archive.merging.inheritance import Inherited, inherited
from archive.merging.refusals import below, refuse
from archive.merging.shares import SHARES, Authority, Share
from archive.merging.standing import names_of
from archive.models import Agent, Concept
from archive.naming import kind_of, only_in_drafts

#: Rows named one by one in a preview.
EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes of one kind of row."""

    share: Share
    moving: tuple[int, ...]
    #: Those that the kept one has already.
    dropping: tuple[int, ...]

    @property
    def label(self) -> str:
        """What the rows are, for people."""
        return self.share.label

    def examples(self) -> list[str]:
        """Some of the rows that move, in words."""
        return self._said(self.moving)

    def conflicts(self) -> list[str]:
        """Some of the rows that are dropped, in words."""
        return self._said(self.dropping)

    def _said(self, keys: Iterable[int]) -> list[str]:
        return [self.share.said(row) for row in self.share.model._default_manager.filter(pk__in=list(keys)[:EXAMPLES])]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do."""

    kept: Authority
    merged: Authority
    parts: tuple[Part, ...]
    #: The name that the kept one gains; empty if it has it already.
    name: str
    #: Whether readers see that name only when a public document writes it: it comes from documents that are not public.
    name_waits: bool = False
    #: The fields that it lacked.
    inherited: tuple[Inherited, ...] = ()

    @property
    def moving(self) -> int:
        """How many rows move."""
        return sum(len(part.moving) for part in self.parts)

    @property
    def dropping(self) -> int:
        """How many rows are dropped."""
        return sum(len(part.dropping) for part in self.parts)


def preview(kept: Authority, merged: Authority) -> Preview:
    """What would become of everything that hangs on ``merged``.

    :raises MergeRefused: if the two cannot be made one.
    """
    refuse(kept, merged)
    kind = kind_of(type(kept))
    parts = tuple(_part(share, kept, merged) for share in SHARES[kind])
    name = "" if _known_as(kept, merged.name) else merged.name
    waits = bool(name) and isinstance(merged, Agent) and only_in_drafts(merged)
    return Preview(kept, merged, parts, name, waits, inherited(kind, kept, merged))


def _part(share: Share, kept: Authority, merged: Authority) -> Part:
    rows = share.model._default_manager
    columns = [*share.once, *([share.other] if share.other else [])]
    held = set(rows.filter(**{share.column: kept}).values_list(*share.once)) if share.once else set()
    barred = _barred(share, kept)
    moving: list[int] = []
    dropping: list[int] = []
    for pk, *values in rows.filter(**{share.column: merged}).order_by("pk").values_list("pk", *columns):
        twice = tuple(values[: len(share.once)]) in held or (share.other and values[-1] in barred)
        (dropping if twice else moving).append(pk)
    return Part(share, tuple(moving), tuple(dropping))


def _barred(share: Share, kept: Authority) -> Collection[int]:
    if share.downward and isinstance(kept, Concept):
        return {kept.pk} | below(kept)
    return {kept.pk}


def _known_as(kept: Authority, name: str) -> bool:
    return kept.name == name or bool(names_of(kept).filter(value=name).exists())
