"""Claims of a reader on its source, and the partition of the source that they make.

A reader claims passages: this is the title, this is chrome. Whatever it claims, the segments cover the source
without gap and without overlap: of two claims on the same words the first in the source wins, and words that
nobody claims are blank or unclassified.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.drafts import Field, Notice, Role, Segment, Span, Value
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
    return tuple(
        Segment(role, passage.span, passage.text)
        for role, passage in _pieces(source, claims)
        if passage.span.start < passage.span.end
    )


def _pieces(source: str, claims: Iterable[Claim]) -> Iterator[tuple[Role, Passage]]:
    reached = 0
    for claim in sorted(claims, key=lambda each: (each.passage.span.start, -each.passage.span.end)):
        span = claim.passage.span
        if span.end <= reached:
            continue
        yield from _unclaimed(Passage(source, Span(reached, max(reached, span.start))))
        yield claim.role, Passage(source, Span(max(reached, span.start), span.end))
        reached = span.end
    yield from _unclaimed(Passage(source, Span(reached, len(source))))


def _unclaimed(gap: Passage) -> Iterator[tuple[Role, Passage]]:
    if gap.blank:
        yield Role.BLANK, gap
        return
    words = gap.trimmed()
    start, end = words.span.start - gap.span.start, words.span.end - gap.span.start
    yield Role.BLANK, gap.part(0, start)
    yield Role.UNCLASSIFIED, words
    yield Role.BLANK, gap.part(end, gap.span.end - gap.span.start)
