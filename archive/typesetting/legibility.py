"""Legibility: a text as it is drawn, and whether there are fonts for all of it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from fontTools import unicodedata as scripts

from archive.typesetting.errors import TypesettingError
from archive.typesetting.fonts import package_for
from archive.typesetting.manuscripts import Manuscript
from archive.typesetting.typefaces import Typeface, shapeless
from archive.typesetting.wording import Wording

#: Characters named in a message; a text in a script without a font would list thousands.
NAMED = 10
#: What steers the direction of others: marks, embeddings, overrides and isolates.
_STEERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: What is drawn in another way than as it stands, or not left out though it has no shape.
_AS_DRAWN = {
    **dict.fromkeys("\r\v\x85\u2028\u2029", "\n"),
    **{character: character for character in ("\n", "\f", *sorted(_STEERING))},
    "\t": "    ",
    "\u00a0": "\u00a0",
    "\u202f": "\u00a0",
}
_JOINERS = "\u200c\u200d"
#: Scripts whose letters never join, so that a joiner between them says nothing.
_UNJOINED = {"Latn", "Cyrl", "Grek", "Hani", "Hang", "Hira", "Kana", "Zyyy"}


def legible(manuscript: Manuscript) -> Manuscript:
    """The manuscript with all its words as they are drawn."""
    return replace(
        manuscript,
        title=legible_text(manuscript.title),
        date=legible_text(manuscript.date),
        references=tuple(map(legible_text, manuscript.references)),
        stamps=tuple(map(legible_text, manuscript.stamps)),
        body=legible_text(manuscript.body),
    )


def legible_text(text: str) -> str:
    r"""The text as it is drawn: composed letters, plain spaces, nothing without a shape that steers no other.

    Line ends of every kind become ``\n``. Controls, soft hyphens and zero-width spaces are left out; marks of
    direction stay, and joiners where letters join. Wide, narrow and non-breaking spaces become U+0020 and U+00A0.
    """
    return "".join(_legible(unicodedata.normalize("NFC", text.replace("\r\n", "\n"))))


def _legible(text: str) -> Iterator[str]:
    before = ""
    for character in text:
        joins = character in _JOINERS and before and scripts.script(before) not in _UNJOINED
        if character in _AS_DRAWN:
            yield _AS_DRAWN[character]
        elif unicodedata.category(character) == "Zs":
            yield " "
        elif joins or not (shapeless(character) or unicodedata.category(character) == "Cc"):
            yield character
        before = character


def wording_of(manuscript: Manuscript, face: Typeface) -> Wording:
    """What the pages say of themselves: in the language of the text, in English where no font has its letters."""
    said = manuscript.wording
    return manuscript.wording_in_english if missing((said.note, said.kind), face) else said


def check(strings: Iterable[str], face: Typeface) -> None:
    """Make sure that all these characters can be drawn.

    :raises TypesettingError: naming those that cannot, their scripts, and what to do.
    """
    lacking = missing(strings, face)
    if lacking:
        by_script: defaultdict[str, list[str]] = defaultdict(list)
        for character in lacking:
            by_script[scripts.script(character)].append(character)
        named = "; ".join(_listed(script, of_script) for script, of_script in sorted(by_script.items()))
        packages = " and ".join(sorted({package_for(script) for script in by_script}))
        raise TypesettingError(
            f"No font has {named}. Install Debian's {packages}, or another font with these characters whose file "
            "you name in FONDS['FONTS'], where the worker runs."
        )


def missing(strings: Iterable[str], face: Typeface) -> list[str]:
    """The characters that no font has, in order."""
    characters = sorted({character for text in strings for character in text} - {"\n", "\f"})
    return [character for character in characters if not shapeless(character) and not face.has(character)]


def _listed(script: str, characters: list[str]) -> str:
    """``“中” (U+4E2D), “国” (U+56FD) of the script Han``."""
    shown = ", ".join(f"“{character}” (U+{ord(character):04X})" for character in characters[:NAMED])
    more = f" and {len(characters) - NAMED} more" if len(characters) > NAMED else ""
    return f"{shown}{more} of the script {scripts.script_name(script).replace('_', ' ')}"
