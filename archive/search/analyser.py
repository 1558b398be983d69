"""The analyser: one way of cutting text into terms, for what is indexed and for what is asked, on every engine.

A token remembers where it stands in the text as stored, so that hits are lit from our own offsets and never
from an engine's. Chinese, Japanese and Korean are cut into single characters, because neither FTS5 nor
PostgreSQL finds words in them; what was written together is asked for as a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

#: Longer terms are cut. PostgreSQL takes 2,046 bytes, and nobody types more than this.
TERM_LIMIT = 80

#: Scripts that are written without blanks between words, with the half-width kana and Hangul.
CHARACTER_SCRIPTS = (
    "\u1100-\u115f\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303b\u3041-\u3096\u309d-\u309f"
    "\u30a1-\u30fa\u30fc-\u30ff\u3100-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uff9d\uffa0-\uffdc\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
#: What belongs to the character before it: the vowels and finals of decomposed Hangul, half-width voicing
#: marks, and selectors of a variant form.
FOLLOWERS = "\u1160-\u11ff\uff9e\uff9f\U000e0100-\U000e01ef"


@dataclass(frozen=True, slots=True)
class Token:
    """A term as it is indexed, and where its word stands in the text: from ``start`` up to ``end``."""

    term: str
    start: int
    end: int


def analyse(text: str) -> Iterator[Token]:
    """The tokens of a text, in order. Lazy, so that looking for a hit need not cut a whole book."""
    for match in _word().finditer(text):
        if term := _term(match.group()):
            yield Token(term, match.start(), match.end())


def _term(word: str) -> str:
    """A word as it is indexed: compatibility forms made one (NFKC), case folded, nothing but letters and digits."""
    if word.isascii():
        return word.lower()[:TERM_LIMIT]
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    if not folded.isalnum():  # a ligature can hold blanks once it is taken apart
        folded = "".join(match.group() for match in _word().finditer(folded))
    return folded[:TERM_LIMIT]


@cache
def _word() -> re.Pattern[str]:
    r"""One character of a script without blanks, or a run of letters and digits; each with its marks.

    Python's ``\w`` has no combining marks, so a decomposed й would end a word.
    """
    marks = "".join(chr(c) for c in range(0x300, 0x1F000) if unicodedata.category(chr(c))[0] == "M")
    letter = rf"[^\W_{CHARACTER_SCRIPTS}]"
    return re.compile(rf"[{CHARACTER_SCRIPTS}][{marks}{FOLLOWERS}]*|{letter}(?:{letter}|[{marks}])*")
