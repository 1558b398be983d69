"""Stored tiles: a tile of a pyramid as the file has it, without decoding and encoding it.

A request for exactly one stored tile, at the size of a level of the pyramid, as JPEG and otherwise as it is, is
answered with the bytes of the file, a hundred times cheaper than making them. TIFF keeps the tables of a JPEG apart,
once for all tiles (TIFF Technical Note 2); they are put back in front.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import IO

from django.core.files.storage import Storage

from archive.models import Page
from iiif.image.plans import Plan
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
#: Marks the end of the tables, and the beginning of a tile.
_START, _END = b"\xff\xd8", b"\xff\xd9"


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


def stored_tile(page: Page, plan: Plan) -> bytes | None:
    """The tile that a plan asks for as a JPEG file; None where it is no stored tile, and has to be made."""
    if not _as_stored(plan):
        return None
    storage, name = page.image.storage, str(page.image.name)
    try:
        for level in levels_of(storage, name, page.sha256):
            number = _tile(level, page, plan)
            if number is not None:
                with opened(storage, name) as file:
                    return _file_of(file, level, number)
    except (OSError, struct.error, ValueError, KeyError):
        return None  # whoever makes the image instead says what is wrong with the file
    return None


def _as_stored(plan: Plan) -> bool:
    return plan.format == "jpg" and plan.quality == "default" and str(plan.rotation) == "0"


def _tile(level: Level, page: Page, plan: Plan) -> int | None:
    """The number of the tile; only whole ones, because those at the edges are filled up to their full size."""
    if (plan.width, plan.height) != (level.tile_width, level.tile_height):
        return None
    factor = round(page.width / level.width)
    box = plan.box
    if (box.width, box.height) != (plan.width * factor, plan.height * factor):
        return None
    column, over = divmod(box.x, box.width)
    row, under = divmod(box.y, box.height)
    if over or under or (column + 1) * plan.width > level.width or (row + 1) * plan.height > level.height:
        return None
    return row * math.ceil(level.width / level.tile_width) + column


def _file_of(file: IO[bytes], level: Level, number: int) -> bytes | None:
    """The tile with the tables before it: a whole JPEG file."""
    size = _one(file, level.order, level.counts, number)
    file.seek(_one(file, level.order, level.offsets, number))
    tile = file.read(size)
    if len(tile) != size or not tile.startswith(_START):
        return None
    return level.tables + tile[len(_START) :]


# --- the directories of a TIFF ---


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

    def one(self, values: Values, index: int = 0) -> int:
        """One value of a tag."""
        return _one(self._file, self.order, values, index)

    def content(self, values: Values) -> bytes:
        """A tag of bytes."""
        self._file.seek(values.at)
        return self._file.read(values.count)

    def _unpacked(self, code: str) -> tuple[int, ...]:
        code = f"{self.order}{code}"
        return struct.unpack(code, self._file.read(struct.calcsize(code)))


def _one(file: IO[bytes], order: str, values: Values, index: int) -> int:
    code = f"{order}{values.code}"
    if not 0 <= index < values.count:
        raise ValueError(f"a directory has no value {index} of {values.count}")
    file.seek(values.at + index * struct.calcsize(code))
    value: int = struct.unpack(code, file.read(struct.calcsize(code)))[0]
    return value


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
    if not (tables.startswith(_START) and tables.endswith(_END)):
        return None
    return Level(
        order=tiff.order,
        width=tiff.one(tags[WIDTH]),
        height=tiff.one(tags[HEIGHT]),
        tile_width=tiff.one(tags[TILE_WIDTH]),
        tile_height=tiff.one(tags[TILE_HEIGHT]),
        offsets=tags[OFFSETS],
        counts=tags[COUNTS],
        tables=tables.removesuffix(_END),
    )
