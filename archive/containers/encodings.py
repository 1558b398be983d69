"""Encodings of names that do not say how they are encoded, as older programs pack them.

UTF-8 is tried first, for many programs write it without saying so. Of what is left, Russian DOS (cp866) and Japanese
(Shift-JIS) are told by whole words of their letters; everything else is cp437, as the format asks for (APPNOTE,
appendix D). Some names can be either: then the shape of the words decides, and where that may be Russian, the
other names of the archive do, for most archives were packed on one machine. Nothing is refused for its encoding: at
worst a name comes out with strange letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress

RUSSIAN, JAPANESE, PLAIN = "cp866", "shift_jis", "cp437"

_WORD = re.compile(r"\w+")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_CYRILLIC = re.compile(r"[А-яЁё№]+")
#: Words as Russian names have them, also several in one, and what is short for something: СССР.
_RUSSIAN_WORD = re.compile(r"[А-ЯЁ]?[а-яё]+|(?:[А-ЯЁ][а-яё]{2,}){2,}|[А-ЯЁ]+|№")
#: Signs that no Russian word has at it, and that many a Japanese letter is half made of.
_HALF_A_LETTER = re.compile(r"[А-яЁё][@\\`^|~]|[@\\`^|~][А-яЁё]")
_VOWEL = re.compile("[аеёиоуыэюя]")
_JAPANESE_SIGNS = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]+")
#: Two letters at least beside one another: one alone is as likely an accented one of another encoding.
_JAPANESE_WORD = re.compile("[\u3041-\u30fa\u4e00-\u9fff]{2}")


def decoded(raw: bytes, *, usual: str = "") -> tuple[str, str]:
    """A name and the encoding by which it was read; ``usual`` is that of the names beside it."""
    for encoding in ("ascii", "utf-8"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding), encoding
    if usual == JAPANESE and _all(_JAPANESE_SIGNS, name := _as(raw, JAPANESE)):
        return name, JAPANESE
    possible = _possible(raw)
    if len(possible) > 1:
        del possible[JAPANESE if _reads_as_russian(possible[RUSSIAN]) else RUSSIAN]
    for encoding, name in possible.items():
        return name, encoding
    return raw.decode(PLAIN), PLAIN


def usual_encoding(names: Iterable[bytes]) -> str:
    """The encoding that most of the names of one archive can only be in; empty if none tells."""
    found = Counter(next(iter(possible)) for raw in names if len(possible := _possible(raw)) == 1)
    return found.most_common(1)[0][0] if found else ""


def _possible(raw: bytes) -> dict[str, str]:
    """What a name reads as where every character beyond ASCII stands as in words of the language."""
    if _as(raw, "utf-8"):
        return {}
    russian, japanese = _as(raw, RUSSIAN), _as(raw, JAPANESE)
    possible = {}
    if _all(_CYRILLIC, russian) and not any(map(_mixed, _WORD.findall(russian))):
        possible[RUSSIAN] = russian
    if _all(_JAPANESE_SIGNS, japanese) and all(map(_JAPANESE_WORD.search, _FOREIGN.findall(japanese))):
        possible[JAPANESE] = japanese
    return possible


def _as(raw: bytes, encoding: str) -> str:
    with suppress(UnicodeDecodeError):
        return raw.decode(encoding)
    return ""


def _all(letters: re.Pattern[str], name: str) -> bool:
    foreign = _FOREIGN.findall(name)
    return bool(foreign) and all(map(letters.fullmatch, foreign))


def _mixed(word: str) -> bool:
    """Whether letters of two scripts stand in one word."""
    return not word.isascii() and re.search("[A-Za-z]", word) is not None


def _reads_as_russian(name: str) -> bool:
    """Whether letters beyond ASCII stand in words that Russian could have."""
    return not _HALF_A_LETTER.search(name) and all(
        _RUSSIAN_WORD.fullmatch(word) and (word.isupper() or len(word) == 1 or _VOWEL.search(word.casefold()))
        for word in _CYRILLIC.findall(name)
    )
