"""Levels: the pyramid that a TIFF is, read from its directories, as far as its tiles are JPEG that browsers know.

TIFF keeps the tables of a JPEG apart, once for all tiles of a level (TIFF Technical Note 2). Numbers of tags are those
of TIFF 6.0.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import IO

from django.core.files.storage import Storage

from iiif.image.reading import opened

#: Tags of TIFF 6.0, and the tables of its Technical Note 2.
WIDTH, HEIGHT, COMPRESSION, COLOURS = 256, 257, 259, 262
TILE_WIDTH, TILE_HEIGHT, OFFSETS, COUNTS, TABLES = 322, 323, 324, 325, 347
#: JPEG, and colours that browsers take: grey, and YCbCr. RGB in a JPEG needs a marker of Adobe's.
JPEG, GREY, YCBCR = 7, 1, 6
#: Levels that a file is searched for; the largest image has fewer.
DEEPEST = 32
#: How TIFF writes numbers, by type: 3 SHORT, 4 LONG, 16 LONG8 of BigTIFF.
_NUMBERS = {3: "H", 4: "I", 16: "Q"}
#: With these a JPEG begins and ends (ITU-T T.81, table B.1).
START, END = b"\xff\xd8", b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a tag: how they are written, how many there are, and where they begin in the file."""

    code: str
    count: int
    at: int


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a pyramid whose tiles can be handed out; ``tables`` are what stands before each tile."""

    order: str
    width: int
    height: int
    tile_width: int
    tile_height: int
    offsets: Values
    counts: Values
    tables: bytes

    @property
    def across(self) -> int:
        """How many tiles stand in a row."""
        return math.ceil(self.width / self.tile_width)


def tiles_of(file: IO[bytes], level: Level, first: int, number: int = 1) -> list[bytes]:
    """So many tiles of a level, one after the other; each is a JPEG without the tables.

    :raises ValueError: where the level has no such tile, or the file ends before it does.
    """
    places = _some(file, level.order, level.offsets, first, number)
    sizes = _some(file, level.order, level.counts, first, number)
    return [_tile(file, *each) for each in zip(places, sizes, strict=True)]


def _tile(file: IO[bytes], at: int, size: int) -> bytes:
    file.seek(at)
    tile = file.read(size)
    if len(tile) != size or not tile.startswith(START):
        raise ValueError("a tile is cut off, or no JPEG")
    return tile


class _Tiff:
    """A TIFF or BigTIFF that is open, read number by number."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        head = file.read(16)
        self.order = {b"II": "<", b"MM": ">"}[head[:2]]
        (kind,) = struct.unpack_from(f"{self.order}H", head, 2)
        self._big = kind == 43  # BigTIFF
        #: Of a place in the file, of the number of entries in a directory, and the length of an entry.
        self._place, self._number, self._length = ("Q", "Q", 20) if self._big else ("I", "H", 12)
        (self.first,) = struct.unpack_from(f"{self.order}{self._place}", head, 8 if self._big else 4)

    def directory(self, at: int) -> tuple[dict[int, Values], int]:
        """The tags of the directory at a place, and where the next one is; 0 behind the last."""
        self._file.seek(at)
        (number,) = self._unpacked(self._number)
        entries = self._file.read(number * self._length)
        (following,) = self._unpacked(self._place)
        room = struct.calcsize(self._place)
        tags = {}
        for start in range(0, len(entries), self._length):
            tag, kind, count = struct.unpack_from(f"{self.order}HH{self._place}", entries, start)
            code = _NUMBERS.get(kind, "B")
            # Values that are short enough stand in the entry itself.
            value = at + struct.calcsize(f"={self._number}") + start + 4 + room
            if struct.calcsize(f"={code}") * count > room:
                (value,) = struct.unpack_from(f"{self.order}{self._place}", entries, start + 4 + room)
            tags[tag] = Values(code, count, value)
        return tags, following

    def one(self, values: Values) -> int:
        """The first value of a tag."""
        return _some(self._file, self.order, values, 0, 1)[0]

    def content(self, values: Values) -> bytes:
        """A tag of bytes."""
        self._file.seek(values.at)
        return self._file.read(values.count)

    def _unpacked(self, code: str) -> tuple[int, ...]:
        code = f"{self.order}{code}"
        return struct.unpack(code, self._file.read(struct.calcsize(code)))


def _some(file: IO[bytes], order: str, values: Values, first: int, number: int) -> tuple[int, ...]:
    """So many values of a tag, from the ``first`` on."""
    if not 0 <= first <= first + number <= values.count:
        raise ValueError(f"a directory has no values {first} to {first + number} of {values.count}")
    code = f"{order}{number}{values.code}"
    file.seek(values.at + first * struct.calcsize(f"={values.code}"))
    return struct.unpack(code, file.read(struct.calcsize(code)))


@lru_cache(maxsize=512)
def levels_of(storage: Storage, name: str, checksum: str) -> tuple[Level, ...]:
    """The levels of a file with tiles that can be handed out. Files never change: ``checksum`` is part of the name.

    :raises OSError: where the file is not there.
    :raises KeyError, ValueError, struct.error: where it is no TIFF.
    """
    found: list[Level] = []
    with opened(storage, name) as file:
        tiff = _Tiff(file)
        at = tiff.first
        while at and len(found) < DEEPEST:
            tags, at = tiff.directory(at)
            level = _level(tiff, tags)
            if level is None:
                break
            found.append(level)
    return tuple(found)


def _level(tiff: _Tiff, tags: Mapping[int, Values]) -> Level | None:
    """A level, where it has tiles as JPEG in colours that browsers know."""
    if not {WIDTH, HEIGHT, COMPRESSION, COLOURS, TILE_WIDTH, TILE_HEIGHT, OFFSETS, COUNTS, TABLES} <= tags.keys():
        return None
    if tiff.one(tags[COMPRESSION]) != JPEG or tiff.one(tags[COLOURS]) not in {GREY, YCBCR}:
        return None
    tables = tiff.content(tags[TABLES])
    if not (tables.startswith(START) and tables.endswith(END)):
        return None
    return Level(
        order=tiff.order,
        width=tiff.one(tags[WIDTH]),
        height=tiff.one(tags[HEIGHT]),
        tile_width=tiff.one(tags[TILE_WIDTH]),
        tile_height=tiff.one(tags[TILE_HEIGHT]),
        offsets=tags[OFFSETS],
        counts=tags[COUNTS],
        tables=tables.removesuffix(END),
    )
