"""Layout: where each line of a manuscript goes. A4, 200 dots per inch, all measures in pixels.

The text keeps its own lines, paragraphs and page breaks; a line that is too long is wrapped to the measure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.typesetting import fonts
from archive.typesetting.fonts import Typeface
from archive.typesetting.manuscripts import Manuscript

#: Raise when a page comes to look different: pages that were made before are then made anew.
VERSION = 2

DPI = 200
WIDTH, HEIGHT = 1654, 2339
LEFT, RIGHT = 250, 250
MEASURE = WIDTH - LEFT - RIGHT
TOP, BOTTOM = 240, 290
#: Baselines of the running head and of the page number.
HEAD, FOOT = 165, HEIGHT - 150

INK = (34, 31, 28)
GREY = (110, 104, 98)


def _points(points: float) -> int:
    return round(points * DPI / 72)


@dataclass(frozen=True, slots=True)
class Style:
    """How a line is set; ``leading`` is the distance between two baselines."""

    font: str
    size: int
    leading: int
    colour: tuple[int, int, int] = INK


TITLE = Style(fonts.SEMIBOLD, _points(17), _points(21.5))
DATE = Style(fonts.REGULAR, _points(11.5), _points(17))
REFERENCE = Style(fonts.REGULAR, _points(9.5), _points(13), GREY)
NOTE = Style(fonts.ITALIC, _points(9.5), _points(13), GREY)
BODY = Style(fonts.REGULAR, _points(11.5), _points(16.5))
FURNITURE = Style(fonts.REGULAR, _points(9), _points(12), GREY)

#: Between two paragraphs, and around the parts of the heading.
GAP = _points(8)


@dataclass(frozen=True, slots=True)
class Line:
    """A line and the place of its baseline's left end."""

    text: str
    style: Style
    x: int
    baseline: int


@dataclass(slots=True)
class Sheet:
    """One page. ``furniture`` (running head, note, page number) says nothing of the document itself."""

    lines: list[Line] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    #: Heights of horizontal hairlines.
    rules: list[int] = field(default_factory=list)


class Faces:
    """The typefaces of the styles, each loaded once."""

    def __init__(self) -> None:
        self._faces: dict[tuple[str, int], Typeface] = {}

    def of(self, style: Style) -> Typeface:
        """The typeface of a style."""
        key = (style.font, style.size)
        if key not in self._faces:
            self._faces[key] = Typeface(*key)
        return self._faces[key]


def sheets_of(manuscript: Manuscript, faces: Faces) -> list[Sheet]:
    """The pages of a manuscript, whose strings have been made legible and checked."""
    galley = _Galley(faces)
    _set_heading(galley, manuscript)
    _set_body(galley, manuscript)
    _number(galley.sheets, manuscript, faces)
    return galley.sheets


class _Galley:
    """Pages being filled from top to bottom."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self.sheets = [Sheet()]
        self.y = TOP

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def put(self, text: str, style: Style, *, furniture: bool = False) -> None:
        """Set a text, line after line, and turn the page where it is full."""
        for line in text.split("\n"):
            lines = wrapped(line, self._faces.of(style))
            turn_at = before_turning(len(lines), (HEIGHT - BOTTOM - self.y) // style.leading)
            for number, words in enumerate(lines):
                if number == turn_at or self.y + style.leading > HEIGHT - BOTTOM:
                    self.turn()
                self.y += style.leading
                here = self.sheet.furniture if furniture else self.sheet.lines
                here.append(Line(words, style, LEFT, self.y))

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
    galley.put(manuscript.title, TITLE)
    if manuscript.date:
        galley.space(GAP // 2)
        galley.put(manuscript.date, DATE)
    if manuscript.references:
        galley.space(GAP // 2)
    for reference in manuscript.references:
        galley.put(reference, REFERENCE)
    galley.space(GAP)
    if manuscript.kind:
        galley.put(manuscript.kind[0].upper() + manuscript.kind[1:], REFERENCE, furniture=True)
    galley.put(manuscript.note, NOTE, furniture=True)
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
    """Give every page its number, and every page but the first a running head."""
    face = faces.of(FURNITURE)
    note = faces.of(NOTE).width(manuscript.note)
    for number, sheet in enumerate(sheets, start=1):
        folio = f"{number} / {len(sheets)}"
        sheet.furniture.append(Line(folio, FURNITURE, round((WIDTH - face.width(folio)) / 2), FOOT))
        if number > 1:
            title = elided(" ".join(manuscript.title.split()), face, MEASURE - note - 2 * GAP)
            sheet.furniture.append(Line(title, FURNITURE, LEFT, HEAD))
            sheet.furniture.append(Line(manuscript.note, NOTE, round(WIDTH - RIGHT - note), HEAD))


#: Han, kana and full-width forms break anywhere, save before a closing mark; a dash never begins a line.
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_CLOSING = "、。，．：；？！）」』】》〉"
_DASHES = "\\-\u2010\u2013\u2014"
_PIECES = re.compile(
    f" +|[{_WIDE}][{_CLOSING}]*|[^ {_DASHES}{_WIDE}]*[{_DASHES}]+|[^ {_DASHES}{_WIDE}]+(?: [{_DASHES}](?= ))?"
)

_WORDS = re.compile(f"[ \u00a0]+|[{_WIDE}][{_CLOSING}]*|[^ \u00a0{_WIDE}]+")


def words_of(text: str) -> list[str]:
    """A line in words and the gaps between them, which joined are the line again.

    A word is what stands between spaces; where a script has none (Han, kana), it is a character, with the closing
    marks that follow it.
    """
    return _WORDS.findall(text)


def wrapped(text: str, face: Typeface, measure: int = MEASURE) -> list[str]:
    """One line of text in as many lines as it takes; spaces at its beginning stay as an indent."""
    lines: list[str] = []
    line = ""
    width = 0.0
    for piece in _PIECES.findall(text):
        extent = face.width(piece)
        if width + extent <= measure or (piece.isspace() and line):
            line, width = line + piece, width + extent
            continue
        if line.strip():
            lines.append(line.rstrip(" "))
        *full, line = _cut(piece, face, measure)
        lines += full
        width = face.width(line)
    return [*lines, line.rstrip(" ")]


def _cut(word: str, face: Typeface, measure: int) -> list[str]:
    """A word that may be longer than a line, in pieces that are not."""
    pieces = [""]
    for character in word:
        if pieces[-1] and face.width(pieces[-1]) + face.width(character) > measure:
            pieces.append("")
        pieces[-1] += character
    return pieces


def elided(text: str, face: Typeface, measure: float) -> str:
    """The text, cut short with an ellipsis where it is too long."""
    if face.width(text) <= measure:
        return text
    words = text.split(" ")
    while len(words) > 1 and face.width(" ".join(words) + " …") > measure:
        words.pop()
    return " ".join(words) + " …"
