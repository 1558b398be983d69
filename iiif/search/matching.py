"""Matching: where a text has what was asked for.

A query is words, all of which must be there, and "phrases" in double quotes. Both are found as they are written,
whatever their capitals; no word stands for its relatives, as it may in the search of the site. Chinese, Japanese and
Korean are compared character by character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

#: Characters of a query that are read, and words and phrases that are asked for; as many as the search of the site.
LENGTH_LIMIT, CLAUSE_LIMIT = 1_000, 24

#: Scripts without blanks between words.
_WHOLE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
#: A character of one of them.
CHARACTER = re.compile(f"[{_WHOLE}]")
_MARK = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f"
_WORD = re.compile(rf"[{_WHOLE}]|[^\W_{_WHOLE}](?:[^\W_{_WHOLE}]|[{_MARK}])*")
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)(?:["“”„«»]|\Z)')


class Term(NamedTuple):
    """A word as it is compared, and where it stands in its text."""

    term: str
    start: int
    end: int


class Match(NamedTuple):
    """A clause of the query, by its number, and where a text has it."""

    start: int
    end: int
    clause: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. Each clause is a word, or several that follow one another; all of them must be there."""

    clauses: tuple[tuple[str, ...], ...]

    @property
    def typed(self) -> str:
        """The same as the search of the site reads it: each clause in quotes, which nothing in it can end."""
        return " ".join(f'"{" ".join(clause)}"' for clause in self.clauses)

    def matches(self, text: str) -> Iterator[Match]:
        """Where a text has them, in order of their ends."""
        found = list(terms(text))
        words = [each.term for each in found]
        for last in range(len(found)):
            for number, clause in enumerate(self.clauses):
                first = last - len(clause) + 1
                if first >= 0 and tuple(words[first : last + 1]) == clause:
                    yield Match(found[first].start, found[last].end, number)


def terms(text: str) -> Iterator[Term]:
    """The words of a text as they are compared: in small letters, compatibility forms made one."""
    for word in _WORD.finditer(text):
        yield Term(unicodedata.normalize("NFKC", word.group()).casefold(), word.start(), word.end())


def asked(typed: str) -> Asked:
    """Take a query apart. Nothing that can be typed is an error."""
    text, end = typed[:LENGTH_LIMIT], 0
    pieces: list[str] = []
    for quoted in _QUOTED.finditer(text):
        pieces += [*text[end : quoted.start()].split(), quoted[1]]
        end = quoted.end()
    pieces += text[end:].split()
    clauses = (tuple(each.term for each in terms(piece)) for piece in pieces)
    return Asked(tuple(dict.fromkeys(clause for clause in clauses if clause))[:CLAUSE_LIMIT])
