"""PDF: the sheets of a document as a file to print and to search, with the letters of the page images as letters.

The images are drawn from it, so that both are the same to the dot. Nothing in it tells a time, and the same sheets
give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import pydyf

from archive.typesetting import glyphs
from archive.typesetting.fonts import Font
from archive.typesetting.glyphs import Used
from archive.typesetting.layout import LEFT, RIGHT
from archive.typesetting.sheets import DPI, HEIGHT, WIDTH, Colour, Line, Placed, Sheet
from archive.typesetting.typefaces import Run

HAIRLINE = (190, 184, 176)
MEDIA_TYPE = "application/pdf"
_SCALE = 72 / DPI
#: A hair less than the pixels, because who draws it rounds up.
_PAGE = f"[0 0 {WIDTH * _SCALE - 0.001:.3f} {HEIGHT * _SCALE - 0.001:.3f}]"


@dataclass(frozen=True, slots=True)
class Part:
    """The sheets of one text, and its name in the outline."""

    name: str
    sheets: Sequence[Sheet]


def pdf_of(title: str, parts: Sequence[Part], *, language: str = "") -> bytes:
    """A document as a PDF 1.7, text after text, with an outline where there are several.

    ``language`` is the BCP 47 tag of the first, empty where unknown.
    """
    pdf = pydyf.PDF()
    fonts = _Fonts()
    for part in parts:
        for sheet in part.sheets:
            fonts.take_note(sheet)
    fonts.embed(pdf)
    starts: list[tuple[str, int]] = []
    for part in parts:
        starts.append((part.name, pdf.pages["Count"]))
        for sheet in part.sheets:
            _add_page(pdf, sheet, fonts)
    if len(parts) > 1:
        _add_outline(pdf, starts)
    _tell(pdf, title, language)
    file = io.BytesIO()
    pdf.write(file, version=b"1.7", identifier=False, compress=True)
    return file.getvalue()


def _tell(pdf: pydyf.PDF, title: str, language: str) -> None:
    pdf.info["Title"] = pydyf.String(" ".join(title.split()))
    pdf.catalog["ViewerPreferences"] = "<</DisplayDocTitle true>>"
    if language:
        pdf.catalog["Lang"] = pydyf.String(language)


def _add_outline(pdf: pydyf.PDF, starts: Sequence[tuple[str, int]]) -> None:
    """The names of the texts, each leading to its first page."""
    outline = pydyf.Dictionary({"Type": "/Outlines", "Count": len(starts)})
    pdf.add_object(outline)
    items = [
        pydyf.Dictionary(
            {
                "Title": pydyf.String(name),
                "Parent": outline.reference,
                "Dest": pydyf.Array([pdf.page_references[page], "/Fit"]),
            }
        )
        for name, page in starts
    ]
    for item in items:
        pdf.add_object(item)
    for item, after in pairwise(items):
        item["Next"], after["Prev"] = after.reference, item.reference
    outline["First"], outline["Last"] = items[0].reference, items[-1].reference
    pdf.catalog["Outlines"] = outline.reference


class _Fonts:
    """The fonts of a volume: first what is used of each, then how runs are written with them."""

    def __init__(self) -> None:
        self._used: dict[Font, Used] = {}
        self._beside: dict[int, dict[int, str]] = {}
        self._codes: dict[Font, Mapping[int, int]] = {}
        self._widths: dict[Font, dict[int, int]] = {}
        self._written: dict[tuple[int, int], str] = {}
        self.resources = pydyf.Dictionary()

    def take_note(self, sheet: Sheet) -> None:
        """Of all runs of a sheet."""
        for placed in _runs(sheet):
            run = placed.run
            if id(run) not in self._beside:
                used = self._used.setdefault(run.font, Used(run.font, f"F{len(self._used)}"))
                self._beside[id(run)] = used.take_note(run)

    def embed(self, pdf: pydyf.PDF) -> None:
        """Put the fonts into the PDF, with the glyphs that were noted."""
        for font, used in self._used.items():
            whole, self._codes[font] = glyphs.embedded(pdf, used)
            self._widths[font] = {glyph: glyphs.width(font, glyph) for glyph in used.characters}
            self.resources[used.name] = whole.reference

    def name(self, run: Run) -> str:
        """What the run's font is called among the resources of a page."""
        return self._used[run.font].name

    def written(self, run: Run, size: int) -> str:
        """The operators that show a run where the pen is."""
        key = id(run), size
        if key not in self._written:
            self._written[key] = " ".join(self._shown(run, size))
        return self._written[key]

    def _shown(self, run: Run, size: int) -> Iterator[str]:
        """Glyphs that stand on one height go into one TJ, with numbers where shaping has moved the pen.

        Clusters of which the text has to be told are marked as content with a text of their own (14.9.4).
        """
        codes, widths, per = self._codes[run.font], self._widths[run.font], 1000 / run.font.upem
        beside = self._beside[id(run)]
        rise = pen = place = 0
        for cluster, of_cluster in groupby(run.glyphs, lambda glyph: glyph.cluster in beside and glyph.cluster):
            told = beside.get(cluster) if cluster is not False else None
            if told is not None:
                yield f"/Span<</ActualText<feff{told.encode('utf-16-be').hex()}>>>BDC"
            for height, glyphs_there in groupby(of_cluster, lambda glyph: glyph.y):
                shown: list[str] = []
                for glyph in glyphs_there:
                    moved = round((place + glyph.x) * per) - pen
                    shown.append(f"{-moved}<{codes[glyph.id]:04x}>" if moved else f"<{codes[glyph.id]:04x}>")
                    pen += moved + widths[glyph.id]
                    place += glyph.advance
                if height != rise:
                    yield f"{height * size / run.font.upem:g} Ts"
                    rise = height
                yield f"[{''.join(shown).replace('><', '')}]TJ"
            if told is not None:
                yield "EMC"
        if rise:
            yield "0 Ts"


def _runs(sheet: Sheet) -> Iterator[Placed]:
    for line in (*sheet.furniture, *sheet.lines):
        yield from line.runs


def _add_page(pdf: pydyf.PDF, sheet: Sheet, fonts: _Fonts) -> None:
    said = [f"{_SCALE:g} 0 0 {_SCALE:g} 0 0 cm"]
    said += [f"{_colour(HAIRLINE)} {LEFT} {HEIGHT - y - 3} {WIDTH - LEFT - RIGHT} 3 re f" for y in sheet.rules]
    said.append("BT")
    for line in (*sheet.furniture, *sheet.lines):
        said += _line(line, fonts)
    content = pydyf.Stream(["\n".join([*said, "ET"])], compress=True)
    pdf.add_object(content)
    pdf.add_page(
        pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": pdf.pages.reference,
                "MediaBox": _PAGE,
                "Contents": content.reference,
                "Resources": pydyf.Dictionary({"Font": fonts.resources}),
            }
        )
    )


def _line(line: Line, fonts: _Fonts) -> Iterator[str]:
    yield _colour(line.style.colour)
    font = ""
    for placed in line.runs:
        if fonts.name(placed.run) != font:
            font = fonts.name(placed.run)
            yield f"/{font} {line.style.size} Tf"
        yield f"1 0 0 1 {placed.x:.2f} {HEIGHT - line.baseline} Tm {fonts.written(placed.run, line.style.size)}"


def _colour(colour: Colour) -> str:
    return " ".join(f"{part / 255:.3g}" for part in colour) + " rg"
