"""Sheets: pages as they will be printed, every run of letters in its place. All measures in pixels.

A4 at 240 dots per inch, which is sharp when the page is enlarged to two and a half times its size on a screen. At 300
a page would take half as much time again to draw, and half as much room.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.typesetting.fonts import Cut, Ink
from archive.typesetting.typefaces import Run, union

DPI = 240
WIDTH, HEIGHT = 1984, 2806

Colour = tuple[int, int, int]
#: x, y, width and height, from the upper left corner.
Box = tuple[int, int, int, int]

INK = (34, 31, 28)
GREY = (110, 104, 98)


def points(number: float) -> int:
    """A printer's measure, in pixels."""
    return round(number * DPI / 72)


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is set; ``leading`` is the distance between two baselines."""

    cut: Cut
    size: int
    leading: int
    colour: Colour = INK


@dataclass(frozen=True, slots=True)
class Placed:
    """A run of letters, and where its left end is."""

    run: Run
    x: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word, and the runs that it is made of; it is several where scripts or directions meet in it."""

    text: str
    runs: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line in its place: its words in the order of the text, and everything on it from left to right."""

    text: str
    style: Style
    baseline: int
    words: tuple[Word, ...]
    runs: tuple[Placed, ...]

    def box(self, runs: Iterable[Placed]) -> Box | None:
        """The box of the ink of some of its runs, grown to whole pixels; None where there is none."""
        size = self.style.size
        inks: list[Ink] = []
        for each in runs:
            if each.run.ink:
                left, bottom, right, top = each.run.ink
                inks.append((each.x + left * size, bottom * size, each.x + right * size, top * size))
        ink = union(inks)
        if ink is None:
            return None
        left, top = math.floor(ink[0]), math.floor(self.baseline - ink[3])
        return left, top, math.ceil(ink[2]) - left, math.ceil(self.baseline - ink[1]) - top


@dataclass(slots=True)
class Sheet:
    """One page. ``furniture`` (running head, note, page number) says nothing of the document itself."""

    lines: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    #: Heights of horizontal hairlines.
    rules: list[int] = field(default_factory=list)
