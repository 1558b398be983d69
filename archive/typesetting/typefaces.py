"""Typefaces: words shaped by HarfBuzz, each character in the first font that has it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import uharfbuzz as hb

from archive.typesetting import fonts
from archive.typesetting.fonts import Cut, Font, Ink

#: Marks that Latin and Chinese share; in Chinese and Japanese they are as wide as the characters.
SHARED = frozenset("“”‘’—…·")
_WIDE_LANGUAGES = ("zh", "ja")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a font; offsets and advance in its units, ``cluster`` the first character that it stands for."""

    id: int
    x: int
    y: int
    advance: int
    cluster: int


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that one font draws in one direction; the glyphs stand as they do on paper, from left to right.

    ``advance`` and ``ink`` (left, bottom, right, top, None where there is none) are in ems.
    """

    text: str
    level: int
    font: Font
    glyphs: tuple[Glyph, ...]
    advance: float
    ink: Ink | None


class Typeface:
    """A cut of letters in every script that there is a font for; ``language`` is a BCP 47 tag, empty where unknown."""

    def __init__(self, cut: Cut, language: str = "") -> None:
        self._near = fonts.near(cut)
        self._cut = cut
        self._language = language
        self._wide = language.partition("-")[0].lower() in _WIDE_LANGUAGES
        self._chosen: dict[str, Font | None] = {}
        self._shaped: dict[tuple[str, tuple[int, ...]], tuple[Run, ...]] = {}

    def has(self, character: str) -> bool:
        """Whether any font has it."""
        return self._font_for(character) is not None

    def runs(self, text: str, levels: Sequence[int] | None = None) -> tuple[Run, ...]:
        """The text, all of whose characters there are fonts for, in runs, in the order of the text.

        ``levels`` are those of ``archive.typesetting.bidi``, all 0 where they are not given.
        """
        key = text, tuple(levels or (0,) * len(text))
        if key not in self._shaped:
            self._shaped[key] = tuple(
                _shaped(run, level, font, self._language) for run, level, font in self._itemised(*key)
            )
        return self._shaped[key]

    def width(self, text: str, levels: Sequence[int] | None = None) -> float:
        """How far the text runs, in ems."""
        return sum(run.advance for run in self.runs(text, levels))

    def _itemised(self, text: str, levels: Sequence[int]) -> Iterator[tuple[str, int, Font]]:
        """A combining mark, and what has no shape, stay with the letter that they belong to."""
        chosen: list[Font] = []
        for character in text:
            before = chosen[-1] if chosen else None
            follows = before and (shapeless(character) or unicodedata.combining(character))
            stays = follows and (shapeless(character) or (before and ord(character) in before.characters))
            found = before if stays else self._font_for(character)
            chosen.append(found or self._near[0])
        runs = groupby(zip(text, levels, chosen, strict=True), lambda each: (each[1], each[2]))
        for (level, font), characters in runs:
            yield "".join(character for character, *_ in characters), level, font

    def _font_for(self, character: str) -> Font | None:
        if character not in self._chosen:
            likeness = "一" if self._wide and character in SHARED else character
            likeness = " " if character == "\u00a0" else likeness
            self._chosen[character] = self._first(likeness) or self._first(character)
        return self._chosen[character]

    def _first(self, character: str) -> Font | None:
        code = ord(character)
        for among in (self._near, fonts.far(self._cut)):
            found = next((font for font in among if code in font.characters), None)
            if found:
                return found
        return None


def shapeless(character: str) -> bool:
    """Whether it steers others and has no shape of its own: joiners, marks of direction, variation selectors."""
    return unicodedata.category(character) == "Cf" or 0xFE00 <= ord(character) <= 0xFE0F


def _shaped(text: str, level: int, font: Font, language: str) -> Run:
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS  # a mark stands for itself, not with its letter
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if level % 2 else "ltr"
    if language:
        buffer.language = language
    hb.shape(font.font, buffer)
    glyphs = tuple(
        Glyph(info.codepoint, place.x_offset, place.y_offset, place.x_advance, info.cluster)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )
    return Run(text, level, font, glyphs, sum(glyph.advance for glyph in glyphs) / font.upem, _ink(glyphs, font))


def _ink(glyphs: Sequence[Glyph], font: Font) -> Ink | None:
    boxes: list[Ink] = []
    x = 0
    for glyph in glyphs:
        if box := font.ink(glyph.id):
            left, bottom = x + glyph.x, glyph.y
            boxes.append((left + box[0], bottom + box[1], left + box[2], bottom + box[3]))
        x += glyph.advance
    return union(boxes, per=font.upem)


def union(boxes: Sequence[Ink], *, per: float = 1) -> Ink | None:
    """The box around boxes, divided by ``per``."""
    if not boxes:
        return None
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left) / per, min(bottom) / per, max(right) / per, max(top) / per
