"""Forms: the further terms under which a word is found beside the one that it is.

A word is indexed as it stands and, at the same place, by its forms. A stem looks like a word, because *troop* is also
the stem of *troops*. Keys of sounds have a sign before them that no word can have, one for each script: a name in Latin
letters asks for Cyrillic ones and the other way round, or *Paris* would find every *parish*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from archive.search.words import sounds
from archive.search.words.stemming import script_of, stem, stems

#: Before the key of a word in Cyrillic, and in Latin letters.
OF_CYRILLIC, OF_LATIN = "~", "^"
#: Shorter words are no names that would be asked for in another script.
SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one typed word asks for: itself, and more distant forms of it."""

    term: str
    stems: frozenset[str] = frozenset()
    sounds: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        """Every term that answers."""
        return frozenset([self.term]) | self.stems | self.sounds


@lru_cache(maxsize=100_000)
def indexed(term: str, language: str, capital: bool) -> tuple[str, ...]:
    """The forms of a word in a text; ``capital`` is whether it begins with one, as names do.

    No set: there are hundreds of thousands in memory, and the collector goes through every set each time, while it lets
    go of tuples of strings. It took 50 ms within the search of whoever was unlucky.
    """
    forms = {stem(term, language)}
    if capital and len(term) >= SHORTEST_NAME:
        forms |= _heard_as(term)
    return tuple(sorted(forms - {term}))


def wanted(term: str, languages: Iterable[str]) -> Wanted:
    """What a typed word asks for in an archive that has texts in these languages."""
    heard: set[str] = set()
    if len(term) >= SHORTEST_NAME and term.isalpha():
        match script_of(term):
            case "LATIN":
                heard = {OF_CYRILLIC + key for key in sounds.of_latin(term)}
            case "CYRILLIC":
                heard = {OF_LATIN + key for key in sounds.of_cyrillic(term)}
    return Wanted(term, frozenset(stems(term, languages)), frozenset(heard))


def _heard_as(term: str) -> set[str]:
    match script_of(term):
        case "LATIN":
            return {OF_LATIN + key for key in sounds.of_latin(term)}
        case "CYRILLIC":
            return {OF_CYRILLIC + key for key in sounds.of_cyrillic(term)}
    return set()
