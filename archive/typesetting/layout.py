"""Layout: which line of a manuscript goes where.

The text keeps its own lines, paragraphs, lists and page breaks; a line that is too long is broken to the measure.
"""

from __future__ import annotations

from archive.typesetting.bidi import base_level
from archive.typesetting.fonts import Cut
from archive.typesetting.lines import Paragraph, broken, elided, set_line, set_whole
from archive.typesetting.manuscripts import Manuscript
from archive.typesetting.sheets import GREY, HEIGHT, WIDTH, Line, Sheet, Style, points
from archive.typesetting.typefaces import Typeface

#: Raise when a page comes to look different: pages that were made before are then made anew.
VERSION = 3

LEFT, RIGHT = points(90), points(90)
MEASURE = WIDTH - LEFT - RIGHT
TOP, BOTTOM = points(86), points(104)
#: Baselines of the running head and of the page number.
HEAD, FOOT = points(59), HEIGHT - points(54)

TITLE = Style(Cut.SEMIBOLD, points(17), points(21.5))
DATE = Style(Cut.REGULAR, points(11.5), points(17))
REFERENCE = Style(Cut.REGULAR, points(9.5), points(13), GREY)
NOTE = Style(Cut.ITALIC, points(9.5), points(13), GREY)
BODY = Style(Cut.REGULAR, points(11.5), points(16.5))
FURNITURE = Style(Cut.REGULAR, points(9), points(12), GREY)

#: Between two paragraphs, and around the parts of the heading.
GAP = points(8)


class Faces:
    """The typefaces of one manuscript, each made once."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._faces: dict[Cut, Typeface] = {}

    def of(self, style: Style) -> Typeface:
        """The typeface of a style."""
        if style.cut not in self._faces:
            self._faces[style.cut] = Typeface(style.cut, self._language)
        return self._faces[style.cut]


def sheets_of(manuscript: Manuscript, faces: Faces) -> list[Sheet]:
    """The pages of a manuscript, whose strings have been made legible and checked."""
    galley = _Galley(faces, base=base_level(manuscript.body or manuscript.title))
    _set_heading(galley, manuscript)
    _set_body(galley, manuscript)
    _number(galley.sheets, manuscript, faces)
    return galley.sheets


class _Galley:
    """Pages being filled from top to bottom; ``base`` is the way of the whole text, and of what has no letters."""

    def __init__(self, faces: Faces, *, base: int) -> None:
        self._faces = faces
        self._base = base
        self.sheets = [Sheet()]
        self.y = TOP

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def put(self, text: str, style: Style) -> None:
        """Set a text, line after line, and turn the page where it is full."""
        for line in text.split("\n"):
            self._put(Paragraph.of(line, otherwise=self._base), style)

    def put_in_heading(self, text: str, style: Style, *, furniture: bool = False) -> None:
        """The same, all of it flush with the side on which the text begins."""
        for line in text.split("\n"):
            paragraph = Paragraph.of(line, otherwise=self._base, flush_right=bool(self._base))
            self._put(paragraph, style, furniture=furniture)

    def _put(self, paragraph: Paragraph, style: Style, *, furniture: bool = False) -> None:
        face = self._faces.of(style)
        lines = broken(paragraph, face, style, MEASURE)
        turn_at = before_turning(len(lines), (HEIGHT - BOTTOM - self.y) // style.leading)
        for number, (start, end, indent) in enumerate(lines):
            if number == turn_at or self.y + style.leading > HEIGHT - BOTTOM:
                self.turn()
            self.y += style.leading
            left, right = (LEFT, WIDTH - RIGHT - indent) if paragraph.flush_right else (LEFT + indent, WIDTH - RIGHT)
            here = self.sheet.furniture if furniture else self.sheet.lines
            here.append(set_line(paragraph, start, end, face, style, left=left, right=right, baseline=self.y))

    def space(self, pixels: int) -> None:
        """Leave room, but never at the top of a page."""
        if self.sheet.lines:
            self.y += pixels

    def rule(self) -> None:
        self.sheet.rules.append(self.y)

    def turn(self) -> None:
        """Begin the next page, unless this one is still empty."""
        if self.sheet.lines:
            self.sheets.append(Sheet())
            self.y = TOP


def before_turning(lines: int, room: int) -> int:
    """How many lines of a paragraph to set before the page is turned, so that none stands alone on either page."""
    if lines <= room:
        return lines
    kept = room - 1 if lines - room == 1 else room
    return kept if kept > 1 else 0


def _set_heading(galley: _Galley, manuscript: Manuscript) -> None:
    galley.put_in_heading(manuscript.title, TITLE)
    if manuscript.date:
        galley.space(GAP // 2)
        galley.put_in_heading(manuscript.date, DATE)
    if manuscript.references:
        galley.space(GAP // 2)
    for reference in manuscript.references:
        galley.put_in_heading(reference, REFERENCE)
    galley.space(GAP)
    if manuscript.wording.kind:
        galley.put_in_heading(manuscript.wording.kind, REFERENCE, furniture=True)
    galley.put_in_heading(manuscript.wording.note, NOTE, furniture=True)
    galley.space(GAP)
    galley.rule()
    galley.space(GAP)


def _set_body(galley: _Galley, manuscript: Manuscript) -> None:
    for stamp in manuscript.stamps:
        galley.put(stamp, REFERENCE)
    if manuscript.stamps:
        galley.space(GAP)
    for number, page in enumerate(manuscript.body.strip("\n").split("\f")):
        if number:
            galley.turn()
        for paragraph in page.split("\n"):
            if paragraph.strip():
                galley.put(paragraph.rstrip(), BODY)
            else:
                galley.space(GAP)


def _number(sheets: list[Sheet], manuscript: Manuscript, faces: Faces) -> None:
    """Give every page its number, and every page but the first a running head: the title, and that it is no scan.

    The title stands where the lines of the text begin.
    """
    face, italic = faces.of(FURNITURE), faces.of(NOTE)
    note = manuscript.wording.note
    extent = italic.width(note) * NOTE.size
    title = elided(" ".join(manuscript.title.split()), face, FURNITURE, MEASURE - extent - 2 * GAP)
    from_right = bool(base_level(manuscript.body or manuscript.title))
    far_right = WIDTH - RIGHT - face.width(title) * FURNITURE.size
    for number, sheet in enumerate(sheets, start=1):
        folio = f"{number} / {len(sheets)}"
        middle = (WIDTH - face.width(folio) * FURNITURE.size) / 2
        sheet.furniture.append(set_whole(folio, face, FURNITURE, left=middle, right=middle, baseline=FOOT))
        if number > 1:
            title_at, note_at = (far_right, LEFT) if from_right else (LEFT, WIDTH - RIGHT - extent)
            sheet.furniture.append(_in_head(title, face, FURNITURE, title_at))
            sheet.furniture.append(_in_head(note, italic, NOTE, note_at))


def _in_head(text: str, face: Typeface, style: Style, left: float) -> Line:
    right = left + face.width(text) * style.size
    return set_whole(text, face, style, left=left, right=right, baseline=HEAD)
