"""Refusals: which two authorities cannot be one."""

from __future__ import annotations

from archive.merging.shares import Authority
from archive.models import Agent, Concept, Place


class MergeRefused(Exception):  # noqa: N818 - the name says the outcome
    """Two authorities cannot be made one, or cannot be taken apart again. Says why, for an archivist."""


def refuse(kept: Authority, merged: Authority) -> None:
    """Refuse two that are not of one kind, or of which one is within the other.

    :raises MergeRefused: saying why.
    """
    if type(kept) is not type(merged):
        raise MergeRefused(f"“{kept}” and “{merged}” are different things and cannot become one.")
    if kept.pk == merged.pk:
        raise MergeRefused(f"“{kept}” cannot be merged into itself.")
    for each in (kept, merged):
        if each.merged_into is not None:
            raise MergeRefused(f"“{each}” was merged into “{each.merged_into}” already.")
    if isinstance(kept, Agent) and isinstance(merged, Agent):
        _refuse_kinds(kept, merged)
    if isinstance(kept, Concept) and isinstance(merged, Concept) and kept.scheme_id != merged.scheme_id:
        raise MergeRefused(f"“{kept}” is of the scheme “{kept.scheme}”, “{merged}” of “{merged.scheme}”.")
    if not isinstance(merged, Agent) and kept.pk in below(merged):
        raise MergeRefused(f"“{kept}” is within “{merged}”. Keep “{merged}”, which is the wider one.")


def _refuse_kinds(kept: Agent, merged: Agent) -> None:
    """A person is no office; where one of the two is not known to be either, it becomes what the other is."""
    kinds = {kept.kind, merged.kind} - {Agent.Kind.UNKNOWN.value}
    if len(kinds) > 1:
        raise MergeRefused(
            f"“{kept}” is a {kept.get_kind_display()} and “{merged}” a {merged.get_kind_display()}. "
            "Correct the kind of one of them first, if they are the same."
        )


def below(authority: Place | Concept) -> set[int]:
    """Primary keys of everything narrower, however far down."""
    model = type(authority)
    found: set[int] = set()
    level = {authority.pk}
    while level:
        level = set(model.objects.filter(broader__in=level).values_list("pk", flat=True)) - found
        found |= level
    return found
