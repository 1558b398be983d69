"""Stored tiles: a tile of a pyramid as the file has it, without decoding and encoding it.

A request for exactly one stored tile, at the size of a level of the pyramid, as JPEG and otherwise as it is, is
answered with the bytes of the file, a hundred times cheaper than making them. The tables that TIFF keeps apart are put
back in front.
"""

from __future__ import annotations

import struct

from archive.models import Page
from iiif.image.levels import START, Level, levels_of, tiles_of
from iiif.image.plans import Plan
from iiif.image.reading import opened


def stored_tile(page: Page, plan: Plan) -> bytes | None:
    """The tile that a plan asks for as a JPEG file; None where it is no stored tile, and has to be made."""
    if not plan.as_stored:
        return None
    storage, name = page.image.storage, str(page.image.name)
    try:
        for level in levels_of(storage, name, page.sha256):
            number = _number(level, page, plan)
            if number is not None:
                with opened(storage, name) as file:
                    [tile] = tiles_of(file, level, number)
                return level.tables + tile.removeprefix(START)
    except (OSError, struct.error, ValueError, KeyError):
        return None  # whoever makes the image instead says what is wrong with the file
    return None


def _number(level: Level, page: Page, plan: Plan) -> int | None:
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
    return row * level.across + column
