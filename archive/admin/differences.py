"""Differences, line by line and word by word, so that they can be read without colours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive.history import Change

#: Unchanged lines that are shown on either side of a change.
CONTEXT = 1
#: Words above which two lines are not compared word by word: the time grows with the square of their number.
LONG = 1500
#: Below this likeness, from 0 to 1, marking the words that differ would mark nearly all of them.
ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``sign`` is "+" for a new one, "−" for one that is gone, else empty.

    ``pieces`` are its words in order, each with whether it is what changed. Where ``passed_over`` is not 0, the line
    stands for that many unchanged ones.
    """

    sign: str
    pieces: tuple[tuple[str, bool], ...] = ()
    passed_over: int = 0


def told(changes: Iterable[Change]) -> SafeString:
    """Changes as HTML."""
    rows = [(change.what, list(lines(change.before, change.after))) for change in changes]
    return SafeString(render_to_string("admin/archive/document/differences.html", {"changes": rows}))


def lines(before: str, after: str) -> Iterator[Line]:
    """Two texts as one list of lines; long stretches without a change are passed over."""
    old, new = before.splitlines(), after.splitlines()
    if old == new and before != after:
        yield Line("", (("Only line breaks or blanks at the end are different.", False),))
        return
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from _context(old[start:end], begins=start == 0, ends=end == len(old))
        elif end - start == last - first:
            yield from _beside(old[start:end], new[first:last])
        else:
            yield from (Line("−", ((line, False),)) for line in old[start:end])
            yield from (Line("+", ((line, False),)) for line in new[first:last])


def _context(unchanged: Sequence[str], *, begins: bool, ends: bool) -> Iterator[Line]:
    head, tail = 0 if begins else CONTEXT, 0 if ends else CONTEXT
    over = len(unchanged) - head - tail
    shown_first = unchanged[:head] if over > 1 else unchanged
    yield from (Line("", ((line, False),)) for line in shown_first)
    if over > 1:
        yield Line("", passed_over=over)
        yield from (Line("", ((line, False),)) for line in unchanged[len(unchanged) - tail :])


def _beside(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Lines that took the place of as many others, with the words that differ."""
    for before, after in zip(old, new, strict=True):
        first, second = re.findall(r"\s+|\w+|[^\w\s]", before), re.findall(r"\s+|\w+|[^\w\s]", after)
        words = SequenceMatcher(None, first, second, autojunk=False)
        if len(first) + len(second) > LONG or words.ratio() < ALIKE:
            yield from (Line(sign, ((line, False),)) for sign, line in (("−", before), ("+", after)) if line)
            continue
        codes = words.get_opcodes()
        yield Line("−", tuple(("".join(first[i:j]), tag != "equal") for tag, i, j, _, _ in codes if i < j))
        yield Line("+", tuple(("".join(second[i:j]), tag != "equal") for tag, _, _, i, j in codes if i < j))
