"""Hits in their place: where a query stands in stored text, and the piece of text worth showing.

The analyser runs over the text as stored, so every offset is exact and the same on every engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from archive.search.chase import Chase, Hit
from archive.search.passages import Passage
from archive.search.syntax import Query

#: Characters of a snippet, about.
WIDTH = 260
#: Pieces of one passage.
PIECES = 2
#: Hits that are weighed for a snippet, unless a word has yet to be found; a book need not be read to its end.
WEIGHED = 200
#: Characters that stand before the first hit of a snippet.
LEAD = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text, and whether it is a hit."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a passage with the hits in it; ``clauses`` are those that it shows, ``held`` those of the passage."""

    field: str
    language: str
    parts: tuple[Part, ...]
    clauses: frozenset[int]
    held: frozenset[int]
    opens: bool
    closes: bool


def hits(text: str, query: Query, *, language: str = "", field: str = "") -> Iterator[Hit]:
    """Where the clauses of a query stand in a text, in order of their ends. Lazy.

    ``language`` is that of the text. A clause for certain columns is looked for only if ``field`` is one of them.
    """
    return Chase.of(query, language, field).through(text)


def lit(text: str, query: Query, *, language: str = "", field: str = "") -> tuple[Part, ...]:
    """A whole text, cut into what is a hit and what is not. Joined, the parts are the text."""
    return _parts(text, hits(text, query, language=language, field=field), 0, len(text))


def snippets(passages: Iterable[Passage], query: Query) -> list[Snippet]:
    """The best pieces of each passage that has any of what was asked for."""
    return [piece for passage in passages for piece in _pieces(passage, query)]


def telling(candidates: Iterable[Snippet], *, most: int = 2) -> list[Snippet]:
    """The pieces that together show as much as possible of what the title does not, in few words.

    Where the title shows everything, one more piece says in what connection.
    """
    candidates = list(candidates)
    shown = frozenset[int]().union(*(each.clauses for each in candidates if each.field == "title"))
    rest = [each for each in candidates if each.field != "title"]
    chosen: list[Snippet] = []
    while rest and len(chosen) < most:
        best = max(rest, key=lambda each: (len(each.clauses - shown), len(each.clauses)))
        if chosen and not best.clauses - shown:
            break
        chosen.append(best)
        shown |= best.clauses
    return chosen


def _pieces(passage: Passage, query: Query) -> Iterator[Snippet]:
    """The stretch of one passage with the most different clauses in it, then the best of those that show others."""
    chase = Chase.of(query, passage.language, passage.field)
    found = _weighed(chase, passage.text)
    held = frozenset(hit.clause for hit in found)
    stretches, shown = _stretches(found), frozenset[int]()
    for _ in range(PIECES):
        start = max(stretches, key=lambda at: (len(stretches[at] - shown), -at), default=0)
        if not stretches.get(start, shown) - shown:
            return
        yield _piece(passage, chase, start, stretches[start], held)
        shown |= stretches[start]


def _piece(passage: Passage, chase: Chase, start: int, clauses: frozenset[int], held: frozenset[int]) -> Snippet:
    left, right = _bounds(passage.text, start)
    # What follows was perhaps not read yet.
    shown = passage.text[left:right]
    return Snippet(
        field=passage.field,
        language=passage.language,
        parts=_parts(shown, chase.through(shown), 0, len(shown)),
        clauses=clauses,
        held=held,
        opens=left > 0,
        closes=right < len(passage.text),
    )


def _weighed(chase: Chase, text: str) -> list[Hit]:
    """The first hits of a text, up to those that have everything together: no stretch further on shows more.

    The first of each clause is among them, however many others there are before it.
    """
    found: list[Hit] = []
    last: dict[int, int] = {}
    course = chase.over(text)
    for hit in course.hits:
        if len(found) < WEIGHED or hit.clause not in last:
            found.append(hit)
        elif len(last) == len(course.clauses):
            break
        last[hit.clause] = hit.start
        if len(last) == len(course.clauses) and hit.end <= min(last.values()) + WIDTH - LEAD:
            break
    return found


def _stretches(found: Iterable[Hit]) -> dict[int, frozenset[int]]:
    """The clauses that are seen together from each hit on. A hit that is longer than a stretch is seen by itself."""
    ordered = sorted(found, key=lambda hit: hit.start)
    seen: dict[int, frozenset[int]] = {}
    for place, first in enumerate(ordered):
        end = first.start + WIDTH - LEAD
        near = takewhile(lambda hit, end=end: hit.start < end, islice(ordered, place, None))  # type: ignore[misc]
        held = {first.clause, *(hit.clause for hit in near if hit.end <= end)}
        seen[first.start] = seen.get(first.start, frozenset()) | held
    return seen


def _bounds(text: str, start: int) -> tuple[int, int]:
    """A stretch around a hit that begins and ends at a blank, if there is one within a word's length."""
    left = max(0, start - LEAD)
    right = min(len(text), left + WIDTH)
    if left and (blank := text.find(" ", left, min(left + 25, start))) >= 0:
        left = blank + 1
    if right < len(text) and (blank := text.rfind(" ", right - 25, right)) > start:
        right = blank
    return left, right


def _parts(text: str, found: Iterable[Hit], left: int, right: int) -> tuple[Part, ...]:
    """The text from ``left`` to ``right``, cut at the hits; those that overlap become one."""
    parts: list[Part] = []
    at = left
    for start, end in _merged(found):
        start, end = max(start, at), min(end, right)
        if start >= end:
            continue
        if start > at:
            parts.append(Part(text[at:start], hit=False))
        parts.append(Part(text[start:end], hit=True))
        at = end
    if at < right:
        parts.append(Part(text[at:right], hit=False))
    return tuple(parts)


def _merged(found: Iterable[Hit]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for hit in sorted(found, key=lambda each: (each.start, each.end)):
        if merged and hit.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], hit.end))
        else:
            merged.append((hit.start, hit.end))
    return merged
