"""Boxes: rectangles on a page, from polygons and baselines, and from one measure to another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.drafts import Box

#: Left, top, width and height in whatever the source measures with.
Measured = tuple[float, float, float, float]

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of these, of which there is at least one."""
    left, top, right, bottom = zip(*((x, y, x + width, y + height) for x, y, width, height in boxes), strict=True)
    return min(left), min(top), max(right) - min(left), max(bottom) - min(top)


def around_points(points: str) -> Measured | None:
    """The smallest box that holds a polygon or a line, written as ``x,y x,y`` or ``x y x y``; None if it has none."""
    numbers = [float(each) for each in _NUMBER.findall(points)]
    xs, ys = numbers[0::2], numbers[1::2]
    if not ys:
        return None
    xs = xs[: len(ys)]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def joined(boxes: Iterable[Measured | None]) -> Measured | None:
    """The smallest box that holds all of these; None where there are none."""
    known = [box for box in boxes if box]
    if not known:
        return None
    left, top = min(box[0] for box in known), min(box[1] for box in known)
    return left, top, max(b[0] + b[2] for b in known) - left, max(b[1] + b[3] for b in known) - top


def on_page(box: Measured, *, across: float, down: float, width: int, height: int) -> Box | None:
    """A box in pixels: measured lengths times ``across`` and ``down``, cut where the page ends.

    None where nothing of it is on the page. ``width`` and ``height`` are the page's pixels.
    """
    left, top = max(0, round(box[0] * across)), max(0, round(box[1] * down))
    right, bottom = min(width, round((box[0] + box[2]) * across)), min(height, round((box[1] + box[3]) * down))
    return (left, top, right - left, bottom - top) if right > left and bottom > top else None
