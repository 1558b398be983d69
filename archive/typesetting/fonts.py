"""Fonts: where they are, which of them has a character, and what to say where none does.

The site's own fonts (``FONDS["FONTS"]``) come first, then those that are installed with the plugin: Source Serif Pro
(Latin, Cyrillic, Greek), Amiri (Arabic) and Frank Ruhl Libre (Hebrew). Then those that Debian's packages put into
their place, if they are there: Noto Serif for Chinese, Japanese, Korean and most other scripts. Last, Noto Sans for
the first three from a wheel, if it is installed (the extra ``cjk``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import cast

import font_source_serif_pro as source_serif
import fontpkg_amiri as amiri
import fontpkg_frank_ruhl_libre as frank_ruhl
import uharfbuzz as hb
from fontTools.pens.boundsPen import BoundsPen

from archive.conf import conf
from archive.typesetting.errors import TypesettingError

Ink = tuple[float, float, float, float]

_OPENTYPE = Path("/usr/share/fonts/opentype")
_TRUETYPE = Path("/usr/share/fonts/truetype")


class Cut(Enum):
    """How heavy and how upright letters are."""

    REGULAR = "regular"
    SEMIBOLD = "semibold"
    ITALIC = "italic"


_LATIN = {
    Cut.REGULAR: source_serif.SourceSerifPro,
    Cut.SEMIBOLD: source_serif.SourceSerifProSemibold,
    Cut.ITALIC: source_serif.SourceSerifProIt,
}
_ARABIC = {Cut.REGULAR: "Amiri-Regular.ttf", Cut.SEMIBOLD: "Amiri-Bold.ttf", Cut.ITALIC: "Amiri-Regular.ttf"}


class Font:
    """A font file, of a collection its first; measures are in its own units, ``upem`` to the em."""

    def __init__(self, path: str, weight: int | None) -> None:
        self.path = path
        self.weight = weight
        self.face = hb.Face(hb.Blob.from_file_path(path), 0)
        self.font = hb.Font(self.face)
        self.upem = self.face.upem
        self.varies = bool(self.face.has_var_data)
        if self.varies and weight:
            self.font.set_variations({"wght": weight})
        self._inks: dict[int, Ink | None] = {}

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points that it has."""
        return frozenset(self.face.unicodes)

    def ink(self, glyph: int) -> Ink | None:
        """Left, bottom, right and top of a glyph's outline, seen from its origin; None where it has none."""
        if glyph not in self._inks:
            self._inks[glyph] = self._measured(glyph) if self._points_beyond else self._told(glyph)
        return self._inks[glyph]

    @cached_property
    def _points_beyond(self) -> bool:
        """Whether the font tells boxes that may be too large: many of TrueType count points that steer a curve."""
        return "glyf" in self.face.table_tags

    def _told(self, glyph: int) -> Ink | None:
        box = self.font.get_glyph_extents(glyph)
        if box is None or not (box.width and box.height):
            return None
        return box.x_bearing, box.y_bearing + box.height, box.x_bearing + box.width, box.y_bearing

    def _measured(self, glyph: int) -> Ink | None:
        pen = BoundsPen(None)
        self.font.draw_glyph_with_pen(glyph, pen)
        return cast(Ink | None, pen.bounds)


@lru_cache(maxsize=256)
def opened(path: str, weight: int | None = None) -> Font:
    """A font, opened once.

    :raises TypesettingError: where the file is missing or no font.
    """
    try:
        font = Font(path, weight)
    except (OSError, hb.HarfBuzzError) as error:
        raise TypesettingError(f"The font {path} cannot be read: {error}. Correct FONDS['FONTS'].") from error
    if not font.face.glyph_count or not font.characters:
        raise TypesettingError(f"The font {path} cannot be read: it is no font. Correct FONDS['FONTS'].")
    return font


def near(cut: Cut) -> list[Font]:
    """The fonts that are always there, in the order in which they are asked."""
    ruhl = frank_ruhl.ROOT / "files" / "FrankRuhlLibre[wght].ttf"
    return [
        *(opened(str(path)) for path in conf().FONTS),
        opened(str(_LATIN[cut])),
        opened(str(_LATIN[Cut.REGULAR])),
        opened(str(amiri.ROOT / "files" / _ARABIC[cut])),
        opened(str(ruhl), 600 if cut is Cut.SEMIBOLD else 400),
    ]


@dataclass(frozen=True, slots=True)
class _Package:
    """A Debian package, and the files of it that are tried, in this order."""

    name: str
    folder: Path
    patterns: dict[Cut, tuple[str, ...]]


_DEBIAN = (
    _Package(
        "fonts-noto-cjk",
        _OPENTYPE / "noto",
        {
            Cut.REGULAR: ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc"),
            Cut.SEMIBOLD: ("NotoSerifCJK-Bold.ttc", "NotoSansCJK-Bold.ttc"),
        },
    ),
    _Package(
        "fonts-noto-core",
        _TRUETYPE / "noto",
        {
            Cut.REGULAR: ("NotoSerif*-Regular.ttf", "NotoSans*-Regular.ttf"),
            Cut.SEMIBOLD: ("NotoSerif*-Bold.ttf", "NotoSans*-Bold.ttf"),
        },
    ),
    _Package("fonts-dejavu-core", _TRUETYPE / "dejavu", {Cut.REGULAR: ("DejaVuSerif.ttf", "DejaVuSans.ttf")}),
)


@lru_cache(maxsize=len(Cut))
def far(cut: Cut) -> tuple[Font, ...]:
    """The fonts that may be there, in the cut and else upright; looked for once in a process."""
    found: dict[Path, None] = {}
    for package in _DEBIAN:
        patterns = (*package.patterns.get(cut, ()), *package.patterns[Cut.REGULAR])
        found.update((path, None) for pattern in patterns for path in sorted(package.folder.glob(pattern)))
    if find_spec("noto_cjk_sans_otc"):
        import noto_cjk_sans_otc  # an extra that a site may leave out

        found[Path(str(noto_cjk_sans_otc.FONT_PATH))] = None
    return tuple(opened(str(path)) for path in found)


#: Scripts of which the letters are in one Debian package; all others are in the last.
_CJK = {"Hani", "Hira", "Kana", "Hang", "Bopo"}


def package_for(script: str) -> str:
    """The Debian package that has a script, given by its four letters of ISO 15924."""
    return "fonts-noto-cjk" if script in _CJK else "fonts-noto-core"


def font_files() -> list[tuple[str, int]]:
    """Name and size of the site's own fonts, 0 where a file is missing: what a page's fingerprint tells of them."""
    paths = [Path(path) for path in conf().FONTS]
    return [(path.name, path.stat().st_size if path.is_file() else 0) for path in paths]
