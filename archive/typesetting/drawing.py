"""Drawing: from a sheet to an image file, and to the boxes of its lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple, cast

import pyvips
from PIL import Image, ImageDraw

from archive.typesetting import fonts
from archive.typesetting.layout import DPI, HEIGHT, LEFT, RIGHT, WIDTH, Faces, Line, Sheet, sheets_of, words_of
from archive.typesetting.manuscripts import Manuscript

PAPER = (253, 252, 248)
HAIRLINE = (190, 184, 176)
MEDIA_TYPE = "image/tiff"
#: Room around a line for what overhangs it: swashes, stacked accents.
OVERHANG = 60


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page: a tiled, pyramidal TIFF, and its lines and words in the form of archive.models.page.Page."""

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
    lines = [_told(line.text, inked) for line in sheet.lines if (inked := _put(page, line, faces))]
    return Drawn(_encoded(page), WIDTH, HEIGHT, lines)


class _Inked(NamedTuple):
    """Where the ink of a line is, and of each of its words: x, y, width and height."""

    box: tuple[int, int, int, int]
    words: list[tuple[str, tuple[int, int, int, int]]]


def _told(text: str, inked: _Inked) -> dict[str, Any]:
    words = [{"text": word, "box": list(box)} for word, box in inked.words]
    return {"text": text.strip(), "box": list(inked.box), "words": words}


def _put(page: Image.Image, line: Line, faces: Faces) -> _Inked | None:
    """Draw a line; None where nothing of it is ink.

    The line is drawn on a strip of its own first, because what Pillow foretells of a text's extent is its
    advance, not its ink. Each word is looked for where its own advance puts it.
    """
    style, face = line.style, faces.of(line.style)
    strip = Image.new("L", (WIDTH - line.x + OVERHANG, style.leading + 2 * OVERHANG))
    pen = ImageDraw.Draw(strip)
    left, top = line.x - OVERHANG, line.baseline - style.leading - OVERHANG
    words = []
    x = float(OVERHANG)
    for piece in words_of(line.text):
        begin = x
        for run in face.runs(piece):
            drawn = run.text.replace("\u00a0", " ")
            pen.text((round(x), OVERHANG + style.leading), drawn, fill=255, font=run.font, anchor="ls")
            x += run.font.getlength(run.text)
        ink = strip.crop((round(begin) - 1, 0, round(x) + 1, strip.height)).getbbox()
        if ink and not piece.isspace():
            words.append((piece, _shifted(ink, left + round(begin) - 1, top)))
    page.paste(style.colour, (left, top), strip)
    whole = strip.getbbox()
    return _Inked(_shifted(whole, left, top), words) if whole else None


def _shifted(ink: tuple[int, int, int, int], left: int, top: int) -> tuple[int, int, int, int]:
    """The box of a bounding box on a strip, on the page."""
    return ink[0] + left, ink[1] + top, ink[2] - ink[0], ink[3] - ink[1]


def _encoded(page: Image.Image) -> bytes:
    """A tiled pyramid, so that a viewer's tile costs the same whatever the size of the page.

    Below quality 90 libvips stores YCbCr, which a browser can decode as it stands.
    """
    image = pyvips.Image.new_from_memory(page.tobytes(), page.width, page.height, 3, "uchar")
    image = image.copy(interpretation="srgb", xres=DPI / 25.4, yres=DPI / 25.4)
    encoded = image.tiffsave_buffer(compression="jpeg", Q=88, tile=True, tile_width=256, tile_height=256, pyramid=True)
    return cast(bytes, encoded)
