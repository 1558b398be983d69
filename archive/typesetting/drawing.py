"""Drawing: from a sheet to an image file, and to the boxes of its lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, cast

import pyvips
from PIL import Image, ImageDraw

from archive.typesetting import fonts
from archive.typesetting.layout import DPI, HEIGHT, LEFT, RIGHT, WIDTH, Faces, Line, Sheet, sheets_of
from archive.typesetting.manuscripts import Manuscript

PAPER = (253, 252, 248)
HAIRLINE = (190, 184, 176)
MEDIA_TYPE = "image/tiff"
#: Room around a line for what overhangs it: swashes, stacked accents.
OVERHANG = 60


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page: the bytes of a tiled, pyramidal TIFF, and its lines in the form of archive.models.page.Page."""

    content: bytes
    width: int
    height: int
    lines: list[dict[str, Any]]


def draw(manuscript: Manuscript) -> list[Drawn]:
    """The pages of a manuscript. The same manuscript always gives the same bytes.

    :raises TypesettingError: where no font has a character of it.
    """
    manuscript = _legible(manuscript)
    fonts.check(manuscript.strings())
    faces = Faces()
    return [_drawn(sheet, faces) for sheet in sheets_of(manuscript, faces)]


def _legible(manuscript: Manuscript) -> Manuscript:
    return replace(
        manuscript,
        title=fonts.legible(manuscript.title),
        date=fonts.legible(manuscript.date),
        references=tuple(map(fonts.legible, manuscript.references)),
        kind=fonts.legible(manuscript.kind),
        stamps=tuple(map(fonts.legible, manuscript.stamps)),
        body=fonts.legible(manuscript.body),
    )


def _drawn(sheet: Sheet, faces: Faces) -> Drawn:
    page = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    for y in sheet.rules:
        page.paste(HAIRLINE, (LEFT, y, WIDTH - RIGHT, y + 2))
    for line in sheet.furniture:
        _put(page, line, faces)
    boxes = [(line.text.strip(), _put(page, line, faces)) for line in sheet.lines]
    lines = [{"text": text, "box": list(box)} for text, box in boxes if box]
    return Drawn(_encoded(page), WIDTH, HEIGHT, lines)


def _put(page: Image.Image, line: Line, faces: Faces) -> tuple[int, int, int, int] | None:
    """Draw a line, and return the box of its ink: x, y, width and height; None where there is none.

    The line is drawn on a strip of its own first, because what Pillow foretells of a text's extent is its
    advance, not its ink.
    """
    style = line.style
    strip = Image.new("L", (WIDTH - line.x + OVERHANG, style.leading + 2 * OVERHANG))
    pen = ImageDraw.Draw(strip)
    x = float(OVERHANG)
    for run in faces.of(style).runs(line.text):
        drawn = run.text.replace("\u00a0", " ")
        pen.text((round(x), OVERHANG + style.leading), drawn, fill=255, font=run.font, anchor="ls")
        x += run.font.getlength(run.text)
    left, top = line.x - OVERHANG, line.baseline - style.leading - OVERHANG
    page.paste(style.colour, (left, top), strip)
    ink = strip.getbbox()
    return (ink[0] + left, ink[1] + top, ink[2] - ink[0], ink[3] - ink[1]) if ink else None


def _encoded(page: Image.Image) -> bytes:
    """A tiled pyramid, so that a viewer's tile costs the same whatever the size of the page.

    Below quality 90 libvips stores YCbCr, which a browser can decode as it stands.
    """
    image = pyvips.Image.new_from_memory(page.tobytes(), page.width, page.height, 3, "uchar")
    image = image.copy(interpretation="srgb", xres=DPI / 25.4, yres=DPI / 25.4)
    encoded = image.tiffsave_buffer(compression="jpeg", Q=88, tile=True, tile_width=256, tile_height=256, pyramid=True)
    return cast(bytes, encoded)
