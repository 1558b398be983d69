"""Fonts: which font draws which character, and what to say where none does.

The site's own fonts (``FONDS["FONTS"]``) come first, then Source Serif Pro, which is installed with the
plugin and has Latin, Cyrillic and Greek; its italics have Latin alone.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import font_source_serif_pro as source_serif
from fontTools import unicodedata as scripts
from fontTools.ttLib import TTFont, TTLibError
from PIL import ImageFont, features

from archive.conf import conf
from archive.typesetting.errors import TypesettingError

#: Characters named in a message; a text in a script without a font would list thousands.
NAMED = 10

REGULAR = str(source_serif.SourceSerifPro)
SEMIBOLD = str(source_serif.SourceSerifProSemibold)
ITALIC = str(source_serif.SourceSerifProIt)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that one font draws."""

    text: str
    font: ImageFont.FreeTypeFont


class Typeface:
    """Fonts at one size, tried in order for each character."""

    def __init__(self, preferred: str, size: int) -> None:
        engine = ImageFont.Layout.RAQM if features.check("raqm") else ImageFont.Layout.BASIC
        paths = dict.fromkeys((*conf().FONTS, preferred, REGULAR))
        self._fonts = [(coverage(path), ImageFont.truetype(path, size, layout_engine=engine)) for path in paths]
        self._widths: dict[str, float] = {}

    def runs(self, text: str) -> list[Run]:
        """The text in stretches of one font each. A combining mark stays with the letter that it sits on."""
        runs: list[Run] = []
        for character in text:
            here = runs[-1].font if runs else None
            font = self._font_for(character, here if unicodedata.combining(character) else None)
            if font is here:
                runs[-1] = Run(runs[-1].text + character, font)
            else:
                runs.append(Run(character, font))
        return runs

    def width(self, text: str) -> float:
        """How far the text runs, in pixels."""
        if text not in self._widths:
            self._widths[text] = sum(run.font.getlength(run.text) for run in self.runs(text))
        return self._widths[text]

    def _font_for(self, character: str, wanted: ImageFont.FreeTypeFont | None) -> ImageFont.FreeTypeFont:
        having = [font for characters, font in self._fonts if ord(character) in characters]
        return wanted if wanted in having and wanted else having[0]


@lru_cache(maxsize=64)
def coverage(path: str) -> frozenset[int]:
    """The code points that a font file has. Of a collection of fonts (TTC), the first one counts.

    :raises TypesettingError: where the file is missing or no font.
    """
    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError) as error:
        raise TypesettingError(f"The font {path} cannot be read: {error}. Correct FONDS['FONTS'].") from error


def font_files() -> list[tuple[str, int]]:
    """Name and size of the site's own fonts, 0 where a file is missing: what a page's fingerprint tells of them."""
    paths = [Path(path) for path in conf().FONTS]
    return [(path.name, path.stat().st_size if path.is_file() else 0) for path in paths]


def check(strings: Iterable[str]) -> None:
    """Make sure that all these characters can be drawn.

    :raises TypesettingError: naming those that cannot, their scripts, and what to do.
    """
    characters = sorted({character for text in strings for character in text} - {"\n", "\f"})
    have = frozenset[int]().union(*(coverage(path) for path in (*conf().FONTS, REGULAR)))
    missing = [character for character in characters if ord(character) not in have]
    if missing:
        raise TypesettingError(
            f"No font has {_named(missing)}. Install a font with these characters and name its file in FONDS['FONTS']."
        )
    backwards = [character for character in characters if unicodedata.bidirectional(character) in {"R", "AL"}]
    if backwards:
        raise TypesettingError(f"Text that runs from right to left cannot be set yet: {_named(backwards)}.")


def _named(characters: list[str]) -> str:
    """``“中” (U+4E2D), “国” (U+56FD) of the script Han``, script by script."""
    by_script: defaultdict[str, list[str]] = defaultdict(list)
    for character in characters:
        by_script[scripts.script_name(scripts.script(character))].append(character)
    return "; ".join(_listed(script, of_script) for script, of_script in sorted(by_script.items()))


def _listed(script: str, characters: list[str]) -> str:
    shown = ", ".join(f"“{character}” (U+{ord(character):04X})" for character in characters[:NAMED])
    more = f" and {len(characters) - NAMED} more" if len(characters) > NAMED else ""
    return f"{shown}{more} of the script {script.replace('_', ' ')}"


def legible(text: str) -> str:
    r"""The text as it is drawn: composed letters, plain spaces, nothing that has no shape.

    Line ends of every kind become ``\n``. What has no shape (controls, soft hyphens, zero-width characters,
    variation selectors) is left out; wide, narrow and non-breaking spaces become U+0020 and U+00A0.
    """
    return "".join(_legible(unicodedata.normalize("NFC", text.replace("\r\n", "\n"))))


def _legible(text: str) -> Iterator[str]:
    for character in text:
        category = unicodedata.category(character)
        if character in "\n\f":
            yield character
        elif character in "\r\v\x85\u2028\u2029":
            yield "\n"
        elif character == "\t":
            yield "    "
        elif category == "Zs":
            yield "\u00a0" if character in "\u00a0\u202f" else " "
        elif category not in {"Cc", "Cf"} and not 0xFE00 <= ord(character) <= 0xFE0F:
            yield character
