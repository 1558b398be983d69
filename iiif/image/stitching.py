"""Stitching: a part of the page at the resolution of a level of its pyramid, put together of stored tiles.

What viewers with larger tiles ask for. Nothing is scaled or changed in colour, so it takes no more than to decode the
tiles and to encode the whole, in the very colours in which JPEG keeps them.

The tiles of a column are decoded as one JPEG: each begins anew, as what follows a restart marker does (ITU-T T.81,
section F.1.1.5.2), so they need only be put below each other with such markers between them.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from io import BytesIO
from typing import IO, NamedTuple

from PIL import Image

from archive.models import Page
from iiif.image.levels import END, START, Level, levels_of, tiles_of
from iiif.image.plans import JPEG_QUALITY, Box, Plan
from iiif.image.reading import opened

#: Pixels beyond which an image is left to libvips, which never holds the whole of it in memory.
LARGEST = 2048 * 2048
#: Rows that a JPEG can have.
HIGHEST = 65_500
#: Markers of a JPEG (ITU-T T.81, table B.1): what it is, where its data begin, how often they begin anew.
FRAME, SCAN, RESTARTS = 0xC0, 0xDA, 0xDD
#: Markers of what stands in the tables, once for all tiles.
TABLES = frozenset({0xC4, 0xDB})


def stitched(page: Page, plan: Plan) -> bytes | None:
    """The image that a plan asks for; None where it is not to be had of tiles alone, and has to be made."""
    if not plan.as_stored or plan.width * plan.height > LARGEST:
        return None
    storage, name = page.image.storage, str(page.image.name)
    try:
        depth = _depth(plan)
        level = levels_of(storage, name, page.sha256)[depth]
        box = plan.box_on(level.width, level.height, of=(page.width, page.height))
        # The pages of a TIFF that is no pyramid are not half as large as those before them.
        halved = abs(level.width - page.width / 2**depth) <= 1
        if not halved or (box.width, box.height) != (plan.width, plan.height):
            return None
        with opened(storage, name) as file:
            return _encoded(_put_together(file, level, box))
    except (OSError, struct.error, ValueError, LookupError):
        return None  # whoever makes the image instead says what is wrong with the file


def _depth(plan: Plan) -> int:
    """Which level has the size that is asked for. At the edges of the page, sizes are rounded."""
    return max(0, round(math.log2(plan.box.width / plan.width)))


def _put_together(file: IO[bytes], level: Level, box: Box) -> Image.Image:
    left, right = box.x // level.tile_width, (box.x + box.width - 1) // level.tile_width
    top, bottom = box.y // level.tile_height, (box.y + box.height - 1) // level.tile_height
    rows = [tiles_of(file, level, row * level.across + left, right - left + 1) for row in range(top, bottom + 1)]
    columns = [_decoded(stack(level, column)) for column in zip(*rows, strict=True)]
    image = Image.new(columns[0].mode, (box.width, box.height), None)  # not filled, because all of it is painted over
    for number, column in enumerate(columns, start=left):
        image.paste(column, (number * level.tile_width - box.x, top * level.tile_height - box.y))
    return image


def _decoded(content: bytes) -> Image.Image:
    image: Image.Image = Image.open(BytesIO(content), formats=("JPEG",))
    image.draft("YCbCr", None)
    image.load()
    return image


def _encoded(image: Image.Image) -> bytes:
    to = BytesIO()
    image.save(to, "JPEG", quality=JPEG_QUALITY)
    return to.getvalue()


# --- tiles below each other ---


class Head(NamedTuple):
    """What stands before the data of a tile: how many bytes, where in them its height is, and its MCUs in all."""

    length: int
    height_at: int
    units: int


def stack(level: Level, tiles: Sequence[bytes]) -> bytes:
    """Tiles of a level below each other, as one JPEG.

    :raises ValueError: where they are not alike, or have tables of their own, or are too many.
    """
    height = len(tiles) * level.tile_height
    first = tiles[0]
    head = _head(first, level)
    before = first[len(START) : head.length]
    if height > HIGHEST or not all(tile[len(START) : head.length] == before and tile.endswith(END) for tile in tiles):
        raise ValueError("the tiles do not go together")
    at = head.height_at - len(START)
    parts = [level.tables, struct.pack(">BBHH", 0xFF, RESTARTS, 4, head.units)]
    parts += [before[:at], struct.pack(">H", height), before[at + 2 :]]
    for number, tile in enumerate(tiles):
        parts += [bytes((0xFF, 0xD0 + (number - 1) % 8))] if number else []
        parts.append(tile[head.length : -len(END)])
    return b"".join((*parts, END))


def _head(tile: bytes, level: Level) -> Head:
    at, height_at, units = len(START), 0, 0
    while True:
        mark, marker, length = struct.unpack_from(">BBH", tile, at)
        if mark != 0xFF or marker in TABLES:
            raise ValueError("a tile has tables of its own")
        if marker == FRAME:
            height_at, units = at + 5, _units(tile, at + 4, level)
        at += 2 + length
        if marker == SCAN:
            break
    if not 0 < units <= 0xFFFF:
        raise ValueError("a tile has no frame, or too large a one")
    return Head(at, height_at, units)


def _units(tile: bytes, at: int, level: Level) -> int:
    """How many MCUs a tile has (ITU-T T.81, section A.2), by its frame header, whose fields begin at a place."""
    _, height, width, count = struct.unpack_from(">BHHB", tile, at)
    factors = [tile[at + 7 + 3 * number] for number in range(count)]
    # A component alone is coded block by block, whatever its factors.
    across = 8 * max(factor >> 4 for factor in factors) if count > 1 else 8
    down = 8 * max(factor & 0xF for factor in factors) if count > 1 else 8
    if (width, height) != (level.tile_width, level.tile_height) or width % across or height % down:
        raise ValueError("a tile is not filled by whole MCUs")
    return (level.tile_width // across) * (level.tile_height // down)
