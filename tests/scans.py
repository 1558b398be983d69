"""Scans as the tests make them: an image with words on it, what ALTO and PAGE XML say of it, and PDFs."""

from __future__ import annotations

import ctypes
import posixpath
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from PIL import Image, ImageDraw, ImageFont

from archive.readers import Source

LINES = ("Zhou Enlai is being sent", "new instructions", "Filippov")
SIZE = (900, 600)
#: Darker than this is ink.
INK = 150

Word = tuple[str, tuple[int, int, int, int]]


class Handed:
    """Files handed in together, as they lie in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def source(self, name: str) -> Source:
        return Source.at(self.folder / name, name=name, neighbours=self)

    def find(self, name: str, *, beside: str) -> Source | None:
        beside_it = posixpath.normpath(posixpath.join(posixpath.dirname(beside), name))
        if (self.folder / beside_it).is_file():
            return self.source(beside_it)
        found = [path for path in self.folder.rglob("*") if path.is_file() and path.name == Path(name).name]
        return self.source(str(found[0].relative_to(self.folder))) if len(found) == 1 else None

    def alike(self, beginning: str, *, beside: str) -> Sequence[Source]:
        names = sorted(path.name for path in (self.folder / beside).parent.iterdir() if path.is_file())
        inside = Path(beside).parent
        return [self.source(str(inside / name)) for name in names if name.casefold().startswith(beginning.casefold())]


def a_scan(path: Path, lines: Sequence[str] = LINES, *, size: tuple[int, int] = SIZE, **saving) -> list[list[Word]]:
    """Draw lines, save the image, and return where the ink of each word is, to the pixel."""
    image = Image.new("L", size, 250)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(40)
    placed = []
    for number, line in enumerate(lines):
        x, words = 60.0, []
        for word in line.split():
            strip = Image.new("L", size)
            ImageDraw.Draw(strip).text((round(x), 60 + 80 * number), word, fill=255, font=font)
            pen.text((round(x), 60 + 80 * number), word, fill=20, font=font)
            left, top, right, bottom = strip.point(lambda value: 255 if value > 100 else 0).getbbox()
            words.append((word, (left, top, right - left, bottom - top)))
            x += font.getlength(word + " ")
        placed.append(words)
    image.save(path, **saving)
    return placed


def around(words: Sequence[Word]) -> tuple[int, int, int, int]:
    boxes = [box for _, box in words]
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    return left, top, max(b[0] + b[2] for b in boxes) - left, max(b[1] + b[3] for b in boxes) - top


def an_alto(
    lines: Sequence[Sequence[Word]], *, file: str = "", unit: str = "pixel", scale: float = 1, size: tuple = SIZE
) -> bytes:
    """ALTO of one page, its places in a unit of which ``scale`` are a pixel."""

    def place(box: tuple[int, int, int, int]) -> str:
        names = ("HPOS", "VPOS", "WIDTH", "HEIGHT")
        return " ".join(f'{name}="{value * scale:g}"' for name, value in zip(names, box, strict=True))

    said = "".join(
        f"<TextLine {place(around(words))}>"
        + "<SP/>".join(f"<String {place(box)} CONTENT={quoteattr(text)}/>" for text, box in words)
        + "</TextLine>"
        for words in lines
    )
    named = f"<sourceImageInformation><fileName>{file}</fileName></sourceImageInformation>" if file else ""
    return (
        f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Description><MeasurementUnit>{unit}</MeasurementUnit>'
        f"{named}</Description><Layout>"
        f'<Page ID="P1" WIDTH="{size[0] * scale:g}" HEIGHT="{size[1] * scale:g}"><PrintSpace><TextBlock ID="B1">'
        f"{said}</TextBlock></PrintSpace></Page></Layout></alto>"
    ).encode()


def a_page_xml(lines: Sequence[Sequence[Word]], *, file: str, size: tuple = SIZE) -> bytes:
    """PAGE XML of one page."""

    def outline(box: tuple[int, int, int, int]) -> str:
        x, y, width, height = box
        return f'<Coords points="{x},{y} {x + width},{y} {x + width},{y + height} {x},{y + height}"/>'

    said = "".join(
        f'<TextLine id="l{number}">{outline(around(words))}'
        + "".join(
            f'<Word id="w{number}_{place}">{outline(box)}<TextEquiv><Unicode>{text}</Unicode></TextEquiv></Word>'
            for place, (text, box) in enumerate(words)
        )
        + f"<TextEquiv><Unicode>{' '.join(text for text, _ in words)}</Unicode></TextEquiv></TextLine>"
        for number, words in enumerate(lines)
    )
    return (
        '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15"><Metadata><Creator>Fonds'
        '</Creator><TranskribusMetadata docId="1"/></Metadata>'
        f'<Page imageFilename="{file}" imageWidth="{size[0]}" imageHeight="{size[1]}">'
        f'<TextRegion id="r1">{said}</TextRegion></Page></PcGts>'
    ).encode()


def a_pdf(path: Path, *pages: Sequence[str], size: tuple[float, float] = (595, 842)) -> None:
    """A PDF with lines of text on each of its pages."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    with pdfium.PdfDocument.new() as document:
        font = raw.FPDFText_LoadStandardFont(document, b"Helvetica")
        for lines in pages or (LINES,):
            page = document.new_page(*size)
            for number, line in enumerate(lines):
                written = raw.FPDFPageObj_CreateTextObj(document, font, 14.0)
                letters = ctypes.create_string_buffer((line + "\0").encode("utf-16-le"))
                raw.FPDFText_SetText(written, ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort)))
                raw.FPDFPageObj_Transform(written, 1, 0, 0, 1, 72, 700 - 30 * number)
                raw.FPDFPage_InsertObject(page, written)
            page.gen_content()
        document.save(str(path))


def ink_within(image: Image.Image, box: Sequence[int], *, ink: int = INK) -> tuple[int, int, int, int] | None:
    """Where in a box of an image the ink is; None where there is none."""
    x, y, width, height = box
    return (
        image.convert("L").point(lambda value: 255 if value < ink else 0).crop((x, y, x + width, y + height)).getbbox()
    )


def assert_boxes_hold_the_ink(
    image: Image.Image, boxes: Iterable[Sequence[int]], *, tolerance: int, ink: int = INK
) -> None:
    """Each box is as large as the ink in it, but for so many pixels."""
    for box in boxes:
        left, top, right, bottom = ink_within(image, box, ink=ink) or (10**6, 0, 0, 0)
        assert max(left, top, box[2] - right, box[3] - bottom) <= tolerance, box
