"""Sounds: one key for a name in Cyrillic and for every way of writing it in Latin letters.

Roshchin, Roschin and Roščin are all Рощин. The key is no transliteration, and is never shown: what the systems of
romanisation write apart (BGN/PCGN, ISO 9, the Library of Congress, German and French habits) falls together in it.
"""

from __future__ import annotations

import re
import unicodedata

#: Keys of shorter words say too little.
SHORTEST = 3

_CYRILLIC = str.maketrans(
    "абвгґдеёєэжзиійїыклмнопрстуўфхцчшщюђћљњј",
    "abvggdeeeezziiiiiklmnoprstuufhccssudclni",
    "ъь",
) | {ord("я"): "a", ord("џ"): "d"}
#: Longest first, or ``sh`` would be found in ``shch``.
_LATIN = {
    "shch": "s",
    "stch": "s",
    "schtsch": "s",
    "tsch": "c",
    "tch": "c",
    "sch": "s",
    "sh": "s",
    "ch": "c",
    "zh": "z",
    "kh": "h",
    "ts": "c",
    "tz": "c",
    "ph": "f",
    "ck": "k",
    "ou": "u",
    "c": "k",
    "q": "k",
    "w": "v",
    "x": "ks",
    "y": "i",
    "j": "i",
    #: Taken apart by NFD: the letters of ISO 9.
    "s\u030cc\u030c": "s",
    "s\u030c": "s",
    "c\u030c": "c",
    "z\u030c": "z",
    "s\u0302": "s",
}
_DIGRAPH = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)))
_MARK = re.compile(r"[\u0300-\u036f'ʹʺ]")
_DOUBLED = re.compile(r"(.)\1+")
_SOFTENED = re.compile(r"i([aeou])")
#: Endings of the cases in which Russian names stand, longest first.
_ENDING = re.compile(r"(?:ого|ему|ому|ым|им|ой|ей|ом|ем|ых|их|ую|юю|а|я|у|ю|е|ы|и|о)$")


def of_cyrillic(term: str) -> set[str]:
    """The keys of a case-folded Cyrillic word, as it stands and without the ending of its case."""
    return set(filter(None, (_cyrillic(term), _cyrillic(_ENDING.sub("", term)))))


def of_latin(term: str) -> set[str]:
    """The key of a case-folded Latin word."""
    apart = unicodedata.normalize("NFD", term)
    return set(filter(None, [_key(_MARK.sub("", _DIGRAPH.sub(lambda found: _LATIN[found.group()], apart)))]))


def _cyrillic(term: str) -> str:
    return _key(term.translate(_CYRILLIC))


def _key(letters: str) -> str:
    """Doubled letters once, and no ``i`` that only softens: Beria and Berija, Dmitrii and Dmitry."""
    letters = _DOUBLED.sub(r"\1", _SOFTENED.sub(r"\1", _DOUBLED.sub(r"\1", letters)))
    return letters if len(letters) >= SHORTEST else ""
