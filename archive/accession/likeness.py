"""Likeness: when two names may be of one and the same.

Two names are alike if they have the same words, whatever their order ("Stalin, Joseph"), their script (Cyrillic is
put into Latin letters, in the way that most transliterations agree on), their accents, and case. It is a ground for
asking a person, and for nothing else.
"""

from __future__ import annotations

import re
import unicodedata

#: Cyrillic letters as most transliterations have them; what these disagree on comes out the same (see _AGREED).
_LATIN = {
    **dict(zip("абвгдезийклмнопрстуфъыьэ", "abvgdeziiklmnoprstuf\0y\0e", strict=True)),
    "ё": "e", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia",
    "і": "i", "ї": "i", "є": "e", "ґ": "g", "ў": "u",
}  # fmt: skip
_TABLE = {ord(letter): latin.replace("\0", "") for letter, latin in _LATIN.items()}
#: Where transliterations differ: Zhdanov is also Ždanov, Iosif also Yosif, Khrushchev also Hruščev.
_AGREED = (("ya", "ia"), ("yu", "iu"), ("yo", "io"), ("kh", "h"), ("j", "i"), ("y", "i"), ("w", "v"), ("ii", "i"))
#: Before accents are taken away, because these letters would lose what they mean.
_CARONS = str.maketrans({"ž": "zh", "š": "sh", "č": "ch"})
_WORD = re.compile(r"\w+")


def likeness(name: str) -> str:
    """What all names that are alike have in common; empty where a name has no letters."""
    return " ".join(sorted(words_of(name)))


def words_of(name: str) -> list[str]:
    """The words of a name, in Latin letters without accents."""
    plain = unicodedata.normalize("NFC", name.casefold()).translate(_TABLE).translate(_CARONS)
    plain = unicodedata.normalize("NFKD", plain)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    for written, agreed in _AGREED:
        plain = plain.replace(written, agreed)
    return _WORD.findall(plain.replace("'", "").replace("ʹ", "").replace("’", ""))
