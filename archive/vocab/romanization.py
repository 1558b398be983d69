"""Romanization: one key for a name, however its Cyrillic was written in Latin letters.

Рощин is Roshchin (BGN/PCGN, ALA-LC), Roščin (ISO 9:1968, scholarly) and Rochtchine; a German writes Roschtschin. A key
is for finding alone and is shown to nobody: it goes through whatever these systems disagree on, and so brings together
a few names that are two.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "",
    "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia", "ј": "i", "љ": "l", "њ": "n", "ћ": "ch", "ђ": "dz", "џ": "dzh",
}  # fmt: skip
#: Letters with marks that stand for more than the letter without; all other marks are dropped.
LATIN = {
    "š": "sh", "ś": "sh", "ş": "sh", "č": "ch", "ć": "ch", "ç": "ch", "ž": "zh", "ż": "zh", "ŝ": "shch",
    "â": "ia", "û": "iu", "ł": "l", "đ": "d", "ø": "o", "æ": "e", "œ": "e", "ß": "ss", "ð": "d", "þ": "th", "ı": "i",
}  # fmt: skip
#: What the systems of Latin letters write for one sound; the longer first.
SOUNDS = (
    ("schtsch", "shch"), ("chtch", "shch"), ("szcz", "shch"), ("stsch", "shch"), ("tsch", "ch"), ("tch", "ch"),
    ("sch", "sh"), ("cz", "ch"), ("sz", "sh"), ("kh", "h"), ("ts", "c"), ("tz", "c"), ("ph", "f"), ("ck", "k"),
    ("x", "ks"), ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"), ("ii", "i"), ("io", "e"), ("ie", "e"),
)  # fmt: skip
ENDINGS = (("of", "ov"), ("ef", "ev"), ("ovna", "ova"), ("ine", "in"))
WORD = re.compile(r"[^\W_]+")
TWICE = re.compile(r"(.)\1+")
VOWELS = re.compile(r"(?<!^)[aeiou]+")
APOSTROPHES = re.compile("['’ʹʺʼ`´]")


def keys(name: str) -> tuple[str, ...]:
    """The keys of a name's words, in their order.

    >>> keys("Рощин, Николай"), keys("Nikolaj Roščin")
    (('roshchin', 'nikolai'), ('nikolai', 'roshchin'))
    """
    return tuple(filter(None, (key(word) for word in WORD.findall(APOSTROPHES.sub("", name)))))


@lru_cache(maxsize=20_000)
def key(word: str) -> str:
    """The key of one word."""
    folded = "".join(_letter(each) for each in unicodedata.normalize("NFC", word.casefold()))
    for written, sound in SOUNDS:
        folded = folded.replace(written, sound)
    folded = TWICE.sub(r"\1", folded)
    for written, ending in ENDINGS:
        if len(folded) > len(written) + 1 and folded.endswith(written):
            return folded[: -len(written)] + ending
    return folded


def skeleton(word_key: str) -> str:
    """The consonants of a key, by which it is found in spite of a slip.

    >>> skeleton(key("Roschin")) == skeleton(key("Рощин"))
    True
    """
    return VOWELS.sub("", word_key.replace("shch", "sh"))


def _letter(letter: str) -> str:
    if letter.isascii():
        return letter
    if (known := CYRILLIC.get(letter, LATIN.get(letter))) is not None:
        return known
    return "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
