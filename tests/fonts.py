"""Fonts of the tests' own, for scripts that the plugin's font does not have."""

from __future__ import annotations

from pathlib import Path

import noto_cjk_sans_otc
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

#: Has Chinese, Japanese and Korean.
CJK = str(noto_cjk_sans_otc.FONT_PATH)


def a_font(folder: Path, characters: str) -> str:
    """Make a font file in which every one of these characters is a black square; return where it is."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 700), (800, 700), (800, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({ord(character): "square" for character in characters})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "square": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "square": (900, 100)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    file = folder / "squares.ttf"
    builder.save(file)
    return str(file)
