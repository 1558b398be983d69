"""Lines: a paragraph broken to a measure, and the words of each line put into their places.

A paragraph runs from the right where its first letter does. Each line is then put into the order of paper, word by
word and, within a word, run by run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.typesetting import bidi
from archive.typesetting.sheets import Line, Placed, Style, Word
from archive.typesetting.typefaces import Run, Typeface

#: Han, kana and full-width forms break anywhere, save before a closing mark and after an opening one; a dash never
#: begins a line.
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_CLOSING = "、。，．：；？！）」』】》〉’”…—·"
_OPENING = "（「『【《〈‘“"
_DASHES = "\\-\u2010\u2013\u2014"
_CHARACTER = f"[{_OPENING}]*[{_WIDE}][{_CLOSING}]*"
_PIECES = re.compile(
    f" +|{_CHARACTER}|[^ {_DASHES}{_WIDE}]*[{_DASHES}]+|(?:(?![{_OPENING}]+[{_WIDE}])[^ {_DASHES}{_WIDE}])+"
    f"(?: [{_DASHES}](?= ))?"
)
_WORDS = re.compile(f"[ \u00a0]+|{_CHARACTER}|(?:(?![{_OPENING}]+[{_WIDE}])[^ \u00a0{_WIDE}])+")

#: What an item of a list begins with: a bullet, a dash, a number or a letter with a stop or a bracket.
_MARKER = re.compile(
    r" *(?:[•◦▪‣·*–—-]|\(?(?:\d{1,3}|[ivxlc]{1,5}|[^\W\d_])[.)]|[（(][一二三四五六七八九十\d]{1,3}[)）])[ \u00a0]+"
)
_IDEOGRAPHIC_MARKER = re.compile(r" *[一二三四五六七八九十]{1,3}、")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that is to be set: its levels by character, and 1 as ``base`` where it runs from the right.

    ``flush_right`` says where its lines begin, which in a heading is the same for all of it.
    """

    text: str
    base: int
    levels: list[int]
    flush_right: bool

    @classmethod
    def of(cls, text: str, *, otherwise: int = 0, flush_right: bool | None = None) -> Paragraph:
        """``otherwise`` is the way of a paragraph that has no letters."""
        base = bidi.base_level(text, otherwise=otherwise)
        return cls(text, base, bidi.levels(text, base), bool(base) if flush_right is None else flush_right)


def broken(paragraph: Paragraph, face: Typeface, style: Style, measure: int) -> list[tuple[int, int, float]]:
    """Where the lines of a paragraph begin and end in its text, and how far each is indented.

    Spaces at the beginning of the paragraph stay as an indent; the further lines of an item of a list hang under
    its first word.
    """
    text, levels = paragraph.text, paragraph.levels
    hanging = _hanging(paragraph, face, style)
    lines: list[tuple[int, int, float]] = []
    start = end = 0
    width = indent = 0.0
    for piece in _PIECES.finditer(text):
        extent = face.width(piece[0], levels[piece.start() : piece.end()]) * style.size
        if width + extent <= measure - indent or (piece[0].isspace() and end > start):
            end, width = piece.end(), width + extent
            continue
        if text[start:end].strip(" "):
            lines.append((start, end, indent))
            indent = hanging
        cuts = _cut(piece, paragraph, face, (measure - indent) / style.size)
        lines += [(begin, finish, hanging) for begin, finish in cuts[:-1]]
        (start, end), indent = cuts[-1], hanging if lines else indent
        width = face.width(text[start:end], levels[start:end]) * style.size
    return [*lines, (start, end, indent)]


def _hanging(paragraph: Paragraph, face: Typeface, style: Style) -> float:
    marker = _MARKER.match(paragraph.text) or _IDEOGRAPHIC_MARKER.match(paragraph.text)
    if marker is None or marker.end() == len(paragraph.text):
        return 0.0
    return face.width(marker[0], paragraph.levels[: marker.end()]) * style.size


def _cut(piece: re.Match[str], paragraph: Paragraph, face: Typeface, ems: float) -> list[tuple[int, int]]:
    """A word that may be longer than a line, in pieces that are not; never before a mark that sits on a letter."""
    if face.width(piece[0], paragraph.levels[piece.start() : piece.end()]) <= ems:
        return [piece.span()]
    pieces = [piece.start()]
    width = 0.0
    for place in range(piece.start(), piece.end()):
        extent = face.width(paragraph.text[place], paragraph.levels[place : place + 1])
        if width + extent > ems and place > pieces[-1] and extent:
            pieces.append(place)
            width = 0.0
        width += extent
    return list(zip(pieces, [*pieces[1:], piece.end()], strict=True))


def set_line(
    paragraph: Paragraph,
    start: int,
    end: int,
    face: Typeface,
    style: Style,
    *,
    left: float,
    right: float,
    baseline: int,
) -> Line:
    """A stretch of a paragraph as a line between two margins; flush with one of them."""
    text = paragraph.text[start:end].rstrip(" ")
    pieces = list(_shaped(text, paragraph.levels[start : start + len(text)], face))
    ordered = bidi.in_order([(run.level, (number, run)) for number, (_, runs) in enumerate(pieces) for run in runs])
    x = right - sum(run.advance for _, run in ordered) * style.size if paragraph.flush_right else left
    of_piece: dict[int, list[Placed]] = {}
    placed: list[Placed] = []
    for number, run in ordered:
        placed.append(Placed(run, x))
        of_piece.setdefault(number, []).append(placed[-1])
        x += run.advance * style.size
    words = tuple(
        Word(piece, tuple(of_piece[number])) for number, (piece, _) in enumerate(pieces) if piece.strip(" \u00a0")
    )
    return Line(text.strip(), style, baseline, words, tuple(placed))


def _shaped(text: str, levels: list[int], face: Typeface) -> Iterator[tuple[str, tuple[Run, ...]]]:
    """The words and the gaps of a line."""
    for piece in _WORDS.finditer(text):
        yield piece[0], face.runs(piece[0], levels[piece.start() : piece.end()])


def set_whole(text: str, face: Typeface, style: Style, *, left: float, right: float, baseline: int) -> Line:
    """A text that fits on one line, between two margins."""
    paragraph = Paragraph.of(text)
    return set_line(paragraph, 0, len(text), face, style, left=left, right=right, baseline=baseline)


def elided(text: str, face: Typeface, style: Style, measure: float) -> str:
    """The text, cut short with an ellipsis where it is too long."""
    if face.width(text) * style.size <= measure:
        return text
    pieces = [piece[0] for piece in _PIECES.finditer(text)]
    while len(pieces) > 1 and face.width("".join(pieces).rstrip() + " …") * style.size > measure:
        pieces.pop()
    return "".join(pieces).rstrip() + " …"
