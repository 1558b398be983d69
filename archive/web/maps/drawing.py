"""Drawing: points on a plate carrée, with the land behind them, as numbers that a template writes into SVG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sqrt

from archive.web.maps.coastlines import LAND, WATER

#: Units of the drawing from left to right.
WIDTH = 1000
#: Units below which points become one mark: on the narrowest phone, 24 pixels, so that each can be touched
#: (WCAG 2.2, success criterion 2.5.8).
APART = 76
#: Degrees from west to east that a map shows at least, and from south to north at most.
NARROWEST, _TALLEST = 16.0, 140.0
#: Height of letters in units, on wide screens and on phones, and the width of one.
_LETTERS, _LARGE_LETTERS, _BREADTH = 22, 38, 0.56


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map; ``weight`` is how many documents name it."""

    name: str
    address: str
    longitude: float
    latitude: float
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the world, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, points: Sequence[Point], *, across: float = NARROWEST) -> Box:
        """The part of the world that shows these points with some land around them: at least so many degrees wide."""
        west, east = min(p.longitude for p in points), max(p.longitude for p in points)
        south, north = min(p.latitude for p in points), max(p.latitude for p in points)
        across = max((east - west) * 1.25, (north - south) * 1.9, across)
        down = max((north - south) * 1.25, across / 2.1)
        across, down = min(across, 360.0), min(down, _TALLEST)
        middle = _within((west + east) / 2, 180 - across / 2)
        centre = _within((south + north) / 2, 85 - down / 2)
        return cls(middle - across / 2, centre - down / 2, middle + across / 2, centre + down / 2)

    @classmethod
    def of(cls, written: str) -> Box | None:
        """A box as it stands in an address: west, south, east, north. None for what is none."""
        try:
            west, south, east, north = (float(each) for each in written.split(","))
        except ValueError:
            return None
        fits = -180 <= west < east <= 180 and -90 <= south < north <= 90
        return cls(west, south, east, north) if fits and east - west >= 0.01 and north - south >= 0.01 else None

    def __str__(self) -> str:
        return ",".join(f"{each:.2f}" for each in (self.west, self.south, self.east, self.north))

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a place lies in it."""
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: a place, or several that lie too near to each other. Numbers are written out, whatever the language."""

    x: str
    y: str
    radius: str
    name: str
    address: str
    weight: int
    #: How many places beside the named one.
    others: int
    box: str
    #: What is written beside it, and where; empty where there is no room. ``small``: no room on a phone.
    label: str = ""
    label_x: str = ""
    anchor: str = "start"
    small: bool = False

    @property
    def places(self) -> int:
        """How many places it stands for."""
        return self.others + 1


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing: its height in units of which it is ``WIDTH`` wide, and what is in it."""

    height: str
    land: str
    water: str
    grid: str
    marks: tuple[Mark, ...]
    width: int = WIDTH
    reach: int = APART // 2


@dataclass(frozen=True, slots=True)
class _Plane:
    """From degrees to units; degrees of longitude are as wide as in the middle of the box."""

    box: Box

    @property
    def scale(self) -> float:
        return WIDTH / (self.box.east - self.box.west)

    @property
    def stretch(self) -> float:
        return 1 / max(0.35, cos(radians((self.box.south + self.box.north) / 2)))

    @property
    def height(self) -> float:
        return (self.box.north - self.box.south) * self.scale * self.stretch

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        return (longitude - self.box.west) * self.scale, (self.box.north - latitude) * self.scale * self.stretch


def drawn(points: Iterable[Point], box: Box) -> Map:
    """The points that lie in a box, on a map of it; of those that lie near to each other, the weightiest is named."""
    plane = _Plane(box)
    within = sorted((p for p in points if box.holds(p.longitude, p.latitude)), key=lambda p: (-p.weight, p.name))
    return Map(
        height=f"{plane.height:.0f}",
        land=_path(plane, LAND),
        water=_path(plane, WATER),
        grid=_grid(plane),
        marks=tuple(_labelled(list(_marks(plane, within)))),
    )


def _marks(plane: _Plane, points: Sequence[Point]) -> Iterator[Mark]:
    groups: list[tuple[float, float, list[Point]]] = []
    for point in points:
        x, y = plane.at(point.longitude, point.latitude)
        near = next((members for gx, gy, members in groups if (gx - x) ** 2 + (gy - y) ** 2 < APART**2), None)
        if near is None:
            groups.append((x, y, [point]))
        else:
            near.append(point)
    heaviest = max((sum(p.weight for p in members) for _, _, members in groups), default=1)
    for x, y, members in groups:
        weight = sum(p.weight for p in members)
        yield Mark(
            x=f"{x:.0f}",
            y=f"{y:.0f}",
            radius=f"{7 + 15 * sqrt(weight / max(1, heaviest)):.0f}",
            name=members[0].name,
            address=members[0].address,
            weight=weight,
            others=len(members) - 1,
            box=str(Box.around(members)) if len(members) > 1 else "",
        )


def _labelled(marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks with labels, heaviest first, wherever one overlaps none before it."""
    taken: list[tuple[float, float, float, float]] = [
        (float(m.x) - 12, float(m.y) - 12, float(m.x) + 12, float(m.y) + 12) for m in marks
    ]
    for mark in marks:
        label = f"{mark.name} +{mark.others}" if mark.others else mark.name
        for letters in (_LARGE_LETTERS, _LETTERS):
            if placed := _place(mark, label, letters, taken):
                anchor, box = placed
                taken.append(box)
                offset = float(mark.radius) + 6
                x = float(mark.x) + (offset if anchor == "start" else -offset)
                yield Mark(
                    mark.x, mark.y, mark.radius, mark.name, mark.address, mark.weight, mark.others, mark.box,
                    label, f"{x:.0f}", anchor, letters == _LETTERS,
                )  # fmt: skip
                break
        else:
            yield mark


def _place(
    mark: Mark, label: str, letters: int, taken: Sequence[tuple[float, float, float, float]]
) -> tuple[str, tuple[float, float, float, float]] | None:
    """On which side a label has room, and the room that it takes."""
    x, y, offset, wide = float(mark.x), float(mark.y), float(mark.radius) + 6, len(label) * letters * _BREADTH
    for anchor, left in (("start", x + offset), ("end", x - offset - wide)):
        box = (left, y - letters * 0.6, left + wide, y + letters * 0.6)
        free = all(box[2] <= b[0] or b[2] <= box[0] or box[3] <= b[1] or b[3] <= box[1] for b in taken)
        if free and left >= 0 and left + wide <= WIDTH:
            return anchor, box
    return None


def _path(plane: _Plane, outlines: Iterable[str]) -> str:
    return "".join(
        "M" + "L".join("{:.0f} {:.0f}".format(*plane.at(*each)) for each in outline) + "Z"
        for outline in map(_degrees, outlines)
        if _meets(outline, plane.box)
    )


def _meets(outline: Sequence[tuple[float, float]], box: Box) -> bool:
    longitudes, latitudes = [x for x, _ in outline], [y for _, y in outline]
    return (
        min(longitudes) <= box.east
        and max(longitudes) >= box.west
        and min(latitudes) <= box.north
        and max(latitudes) >= box.south
    )


def _grid(plane: _Plane) -> str:
    """Meridians and parallels, about ten from side to side."""
    box, step = plane.box, _step(plane.box.east - plane.box.west)
    lines = []
    for longitude in _steps(box.west, box.east, step):
        x, _ = plane.at(longitude, box.north)
        lines.append(f"M{x:.0f} 0V{plane.height:.0f}")
    for latitude in _steps(box.south, box.north, step):
        _, y = plane.at(box.west, latitude)
        lines.append(f"M0 {y:.0f}H{WIDTH}")
    return "".join(lines)


def _step(across: float) -> float:
    return next((step for step in (0.5, 1, 2, 5, 10, 15) if across / step <= 12), 30)


def _steps(first: float, last: float, step: float) -> Iterator[float]:
    number = -(-first // step)
    while number * step <= last:
        yield number * step
        number += 1


def _within(value: float, reach: float) -> float:
    return max(-reach, min(reach, value)) if reach > 0 else 0.0


@cache
def _degrees(outline: str) -> tuple[tuple[float, float], ...]:
    pairs = (each.split(",") for each in outline.split())
    return tuple((float(x), float(y)) for x, y in pairs)
