"""Claims of a reader on its source, and the partition of the source that they make.

A reader claims passages: this is the title, this is chrome. Whatever it claims, the segments cover the source
without gap and without overlap: of two claims on the same words the first in the source wins, and words that
nobody claims are blank or unclassified.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.drafts import Field, Notice, Role, Segment, Value
from archive.readers.passages import Passage


@dataclass(frozen=True, slots=True)
class Claim:
    """What a reader says of one passage: its role, and the fields and notices read from it."""

    role: Role
    passage: Passage
    fields: tuple[Field[Value], ...] = ()
    notices: tuple[Notice, ...] = ()


def partition(source: str, claims: Iterable[Claim]) -> tuple[Segment, ...]:
    """The whole source as segments in order; joined, they are the source."""
    pieces = _pieces(source, claims)
    return tuple([Segment(role, piece.span, piece.text) for role, piece in pieces if piece.start < piece.end])


def _pieces(source: str, claims: Iterable[Claim]) -> Iterator[tuple[Role, Passage]]:
    reached = 0
    for claim in sorted(claims, key=lambda each: (each.passage.start, -each.passage.end)):
        _, start, end = claim.passage
        if end <= reached:
            continue
        if start > reached:
            yield from _unclaimed(Passage(source, reached, start))
        yield claim.role, claim.passage if start >= reached else Passage(source, reached, end)
        reached = end
    yield from _unclaimed(Passage(source, reached, len(source)))


def _unclaimed(gap: Passage) -> Iterator[tuple[Role, Passage]]:
    if gap.blank:
        yield Role.BLANK, gap
        return
    words = gap.trimmed()
    yield Role.BLANK, Passage(gap.source, gap.start, words.start)
    yield Role.UNCLASSIFIED, words
    yield Role.BLANK, Passage(gap.source, words.end, gap.end)
