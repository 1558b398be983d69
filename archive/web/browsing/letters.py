"""Letters: under which heading of an index a name stands, whatever its script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

DIGITS, OTHERS, HAN = "0–9", "#", "漢字"
#: Syllables of Hangul are filed under their first consonant (Unicode, section 3.12: nineteen of them, from U+1100).
_CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
#: Letters that are no others with a sign above them, though Unicode takes them apart.
_WHOLE = frozenset("ЙЇЎ")


@dataclass(frozen=True, slots=True)
class Letter:
    """A heading, and the initials of which the names below it begin with one."""

    heading: str
    initials: tuple[str, ...]


def heading(initial: str) -> str:
    """The heading for the first character of a name.

    >>> [heading(each) for each in "éЁжЙ김毛7“"]
    ['E', 'Е', 'Ж', 'Й', 'ㄱ', '漢字', '0–9', '#']
    """
    capital = initial.upper()[:1]
    if capital in _WHOLE:
        return capital
    base = unicodedata.normalize("NFD", capital)[:1]
    if "\u1100" <= base <= "\u1112":
        return _CONSONANTS[ord(base) - 0x1100]
    if unicodedata.name(base, "").startswith("CJK"):
        return HAN
    if base.isdigit():
        return DIGITS
    return base if base.isalpha() else OTHERS


def letters(initials: Iterable[str]) -> list[Letter]:
    """The headings of these initials: digits and signs, then script by script in the order of Unicode."""
    under: dict[str, list[str]] = {}
    for initial in initials:
        under.setdefault(heading(initial), []).append(initial)
    ordered = sorted(under, key=lambda each: (each not in (OTHERS, DIGITS), each))
    return [Letter(each, tuple(sorted(under[each]))) for each in ordered]
