"""Stemming: the ending of a word taken off by the Snowball rules of its language.

Where the language of a text is not known, or a word stands in it that is written in another script, the script decides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

import Stemmer

#: Snowball's name for the rules of a language, by its primary subtag (RFC 5646, section 2.2.1).
ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
#: Scripts by the first word of the Unicode names of their letters, and whose rules serve an unknown language in them.
SCRIPTS = {
    "LATIN": "en",
    "CYRILLIC": "ru",
    "GREEK": "el",
    "ARABIC": "ar",
    "ARMENIAN": "hy",
    "DEVANAGARI": "hi",
    "TAMIL": "ta",
    "HEBREW": "yi",
}
#: The script of each language whose rules are for another than Latin.
_WRITTEN_IN = {"ar": "ARABIC", "el": "GREEK", "fa": "ARABIC", "hi": "DEVANAGARI", "hy": "ARMENIAN", "ne": "DEVANAGARI"}
_WRITTEN_IN |= {"ru": "CYRILLIC", "sr": "CYRILLIC", "ta": "TAMIL", "yi": "HEBREW"}


def stem(term: str, language: str) -> str:
    """A term without its ending, by the rules of a BCP 47 language that is written in the term's script."""
    if not term.isalpha():
        return term
    script = script_of(term)
    primary = language.partition("-")[0].lower()
    if primary not in ALGORITHMS or _script(primary) != script:
        primary = SCRIPTS.get(script, "")
    return _stemmer(primary).stemWord(term) if primary else term


def stems(term: str, languages: Iterable[str]) -> set[str]:
    """What a term whose language nobody told may be without its ending, in any of the languages of the archive."""
    return {stem(term, language) for language in ["", *languages]} - {term}


@cache
def script_of(term: str) -> str:
    """The script of a term's first letter, by its Unicode name: LATIN, CYRILLIC."""
    return "LATIN" if term[0].isascii() else unicodedata.name(term[0], "").partition(" ")[0]


def _script(primary: str) -> str:
    return _WRITTEN_IN.get(primary, "LATIN")


@cache
def _stemmer(primary: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(ALGORITHMS[primary], 0)  # its own cache is not needed: the analyser has one
