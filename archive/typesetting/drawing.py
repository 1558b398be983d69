"""Drawing: from manuscripts to page images, to the boxes of their words, and to a PDF of the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import pypdfium2
import pyvips

from archive.typesetting import legibility
from archive.typesetting.layout import BODY, Faces, sheets_of
from archive.typesetting.manuscripts import Manuscript
from archive.typesetting.pdf import Part, pdf_of
from archive.typesetting.sheets import DPI, HEIGHT, WIDTH, Line, Sheet

PAPER = (253, 252, 248)
MEDIA_TYPE = "image/tiff"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page: a tiled, pyramidal TIFF, and its lines and words in the form of archive.models.page.Page.

    ``text_id`` is that of the manuscript that it belongs to.
    """

    text_id: int | None
    content: bytes
    width: int
    height: int
    lines: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Volume:
    """The pages of a document, set and not yet drawn, and the PDF of them."""

    sheets: tuple[tuple[int | None, Sheet], ...]
    pdf: bytes

    def pages(self) -> Iterator[Drawn]:
        """The pages, each drawn when it is asked for: an image is megabytes."""
        document = pypdfium2.PdfDocument(self.pdf)
        try:
            for (text_id, sheet), page in zip(self.sheets, document, strict=True):
                yield Drawn(text_id, _encoded(_image(page)), WIDTH, HEIGHT, list(_told(sheet)))
        finally:
            document.close()


def draw(manuscripts: Sequence[Manuscript]) -> Volume:
    """The pages of manuscripts, one after the other. The same manuscripts always give the same bytes.

    :raises TypesettingError: where no font has a character of them.
    """
    parts: list[Part] = []
    sheets: list[tuple[int | None, Sheet]] = []
    for manuscript in map(legibility.legible, manuscripts):
        faces = Faces(manuscript.language)
        legibility.check(manuscript.strings(), faces.of(BODY))
        worded = replace(manuscript, wording=legibility.wording_of(manuscript, faces.of(BODY)))
        parts.append(Part(worded.wording.kind, sheets_of(worded, faces)))
        sheets += [(manuscript.text_id, sheet) for sheet in parts[-1].sheets]
    first = manuscripts[0]
    return Volume(tuple(sheets), pdf_of(first.title, parts, language=first.language))


def _told(sheet: Sheet) -> Iterator[dict[str, Any]]:
    """The lines of a sheet that have ink."""
    for line in sheet.lines:
        box = line.box(line.runs)
        if box:
            yield {"text": line.text, "box": list(box), "words": list(_words(line))}


def _words(line: Line) -> Iterator[dict[str, Any]]:
    for word in line.words:
        box = line.box(word.runs)
        if box:
            yield {"text": word.text, "box": list(box)}


def _image(page: pypdfium2.PdfPage) -> pyvips.Image:
    """Drawn in greys, which costs a third, and then on paper that is not quite white."""
    bitmap = page.render(scale=DPI / 72, grayscale=True)
    grey = pyvips.Image.new_from_memory(bytes(bitmap.buffer), bitmap.stride, bitmap.height, 1, "uchar")
    image = grey.crop(0, 0, bitmap.width, bitmap.height).maplut(_ON_PAPER)
    return image.copy(interpretation="srgb", xres=DPI / 25.4, yres=DPI / 25.4)


#: What each grey looks like on paper.
_ON_PAPER = pyvips.Image.new_from_memory(
    bytes(round(grey * part / 255) for grey in range(256) for part in PAPER), 256, 1, 3, "uchar"
)


def _encoded(image: pyvips.Image) -> bytes:
    """A tiled pyramid, so that a viewer's tile costs the same whatever the size of the page.

    Below quality 90 libvips stores YCbCr, which a browser can decode as it stands.
    """
    encoded = image.tiffsave_buffer(compression="jpeg", Q=80, tile=True, tile_width=256, tile_height=256, pyramid=True)
    return cast(bytes, encoded)
