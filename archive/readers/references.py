"""Where in an archive a document is kept, in the notations that editions of Soviet records use.

``APRF, fond 45, opis 1, delo 335, listy 1-2.``, ``AVP RF, Fond 059a, Opis 5a, Delo 3, Papka 11, List 118`` and
``RGASPI, f. 558, op. 11, d. 334, ll.0085`` say the same in three ways; so do the Russian abbreviations. Codes
stay as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from archive.drafts import Field, Reference
from archive.readers.passages import Passage

#: The words for each level of an archive, longest first.
_LEVELS = {
    "fond": r"fond\b|f\.|фонд\b|ф\.",
    "opis": r"opis\b['’]?|op\.|опись\b|оп\.",
    "delo": r"delo\b|d\.|дело\b|д\.",
    "papka": r"papka\b|p\.|папка\b|п\.",
    "listy": r"listy\b|list\b|ll\.|l\.|листы\b|лист\b|лл\.|л\.",
}
#: White space is counted, for a hostile file may hold a hundred thousand blanks in one place.
_CODE = r"[0-9][\w/]{0,19}(?:\s?[-–]\s?[0-9]\w{0,19})?\b"
#: Sheets may be several. A year after them is not one.
_SHEETS = rf"{_CODE}(?:,\s{{0,9}}(?!1[0-9]{{3}}\b){_CODE})*"
_LEVEL_FORMS = tuple(
    rf"(?:{words})\s{{0,9}}(?P<{level}>{_SHEETS if level == 'listy' else _CODE})" for level, words in _LEVELS.items()
)
#: One letter is looked at first, which nine of ten fail.
_BEGINS = "(?=[fodplфодпл])"
_LEVEL = re.compile(f"{_BEGINS}(?:{'|'.join(_LEVEL_FORMS)})", re.IGNORECASE)
_ANY_LEVEL = f"(?:{_BEGINS}(?:" + re.sub(r"[(][?]P<[a-z]+>", "(?:", "|".join(_LEVEL_FORMS)) + "))"
_LEVELS_OF_ONE = rf"(?P<levels>{_ANY_LEVEL}(?:,\s{{0,9}}{_ANY_LEVEL})*)"
_REFERENCE = re.compile(
    rf"(?:\b(?!{_ANY_LEVEL})(?P<repository>[^\W\d_][^,;:\n<>\"“”()]{{0,80}}+),\s{{1,9}})?{_LEVELS_OF_ONE}",
    re.IGNORECASE,
)
_LEVELS_ALONE = re.compile(rf"(?P<levels>{_ANY_LEVEL}(?:,?\s{{0,9}}{_ANY_LEVEL})*)", re.IGNORECASE)
#: A list of sheets longer than this is no place in an archive that anybody could look up.
_LONGEST_CODE = 100
_JOINED = re.compile(r"(?:and|see also|also|и)\s+", re.IGNORECASE)
#: Words that lead to the name of a repository: "original in APRF".
_LEAD = re.compile(r"[^\W\d_A-ZА-Я][^,;]*?\b(?:in|at|from)\s+(?=[A-ZА-Я])")
#: In other words "p. 12" is a page of a book.
_BEGINS_WITH_LEVEL = re.compile(_ANY_LEVEL, re.IGNORECASE)
_PIECE = re.compile(r"[^;]+")
_WORD = re.compile(r"\w")


def references(passage: Passage) -> Iterator[Field[Reference]]:
    """Every reference in the passage that has a known notation, in order."""
    for found, match in passage.all(_REFERENCE):
        named = match["repository"] or ""
        start = _start(named)
        codes = _codes(match["levels"])
        if named or "fond" in codes:
            yield found.part(start, len(match[0])).says(_reference(named[start:].strip(), codes))


def _start(repository: str) -> int:
    """Where in the words before the codes the repository's own name begins."""
    joined = _JOINED.match(repository)
    start = joined.end() if joined else 0
    lead = _LEAD.match(repository, start)
    return lead.end() if lead else start


def _reference(repository: str, codes: dict[str, Any]) -> Reference:
    """The place that the codes name; a fond without its repository is a place that only a person can tell."""
    if any(len(code) > _LONGEST_CODE for code in codes.values()):
        return Reference(understood=False)
    return Reference(repository, understood=bool(repository), **codes)


def provenance(passage: Passage) -> Iterator[Field[Reference]]:
    """Every reference in a passage that holds nothing else, also those whose notation is not known.

    References are parted by semicolons. A part in which no known notation is found is kept as it stands.
    """
    for part, _ in passage.all(_PIECE):
        found = tuple(references(part))
        yield from found
        if not found and _WORD.search(part.text):
            words = part.trimmed()
            codes = _codes(words.text) if _BEGINS_WITH_LEVEL.match(words.text) else {}
            yield words.says(Reference(understood=False, **codes))


def level_codes(words: str) -> dict[str, str]:
    """The codes of words that are nothing but levels and their codes ("Ф. 45, оп. 1"), in their order; else none.

    What stands before the first level, as a repository does, does not count.
    """
    found = _REFERENCE.fullmatch(words) or _LEVELS_ALONE.fullmatch(words)
    return _codes(found["levels"]) if found else {}


def _codes(levels: str) -> dict[str, Any]:
    codes: dict[str, str] = {}
    for match in _LEVEL.finditer(levels):
        # The same level named twice ("List 1, List 5") makes one list of codes.
        level = str(match.lastgroup)  # of each match there is one group, which bears the level's name
        codes[level] = f"{codes[level]}, {match[level]}" if level in codes else match[level]
    return codes
