"""Matching: where a text has what was asked for.

With ``archive.search`` installed, words are cut and folded as in the search of the site. Without it they are compared
in small letters, characters of Chinese, Japanese and Korean one by one. Either way a query is words, all of which must
be there, and "phrases" in double quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.apps import apps

#: Characters of a query that are read, and words and phrases that are asked for; as many as the search of the site.
LENGTH_LIMIT, CLAUSE_LIMIT = 1_000, 24

#: Scripts without blanks between words.
_WHOLE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
#: A character of one of them.
CHARACTER = re.compile(f"[{_WHOLE}]")
_WORD = re.compile(rf"[{_WHOLE}]|[^\W_{_WHOLE}]+")
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


class Asked(Protocol):
    """What was asked for. Each clause is a word, or several that follow one another."""

    @property
    def clauses(self) -> tuple[tuple[str, ...], ...]:
        """All of which must be there."""

    def matches(self, text: str) -> Iterator[Match]:
        """Where a text has them, in order of their ends."""


def asked(typed: str) -> Asked:
    """Take a query apart. Nothing that can be typed is an error."""
    if not apps.is_installed("archive.search"):
        return _Folded(_clauses(typed))
    from archive.search.syntax import parse  # the app can be left out

    return _Analysed(parse(typed).clauses)


def terms(text: str) -> Iterator[Term]:
    """The words of a text as they are compared."""
    if not apps.is_installed("archive.search"):
        yield from _folded(text)
        return
    from archive.search.analyser import analyse  # the app can be left out

    yield from (Term(token.term, token.start, token.end) for token in analyse(text))


@dataclass(frozen=True, slots=True)
class _Analysed:
    """A query of ``archive.search``."""

    clauses: tuple[tuple[str, ...], ...]

    def matches(self, text: str) -> Iterator[Match]:
        """Where a text has them."""
        from archive.search.highlight import hits  # the app can be left out
        from archive.search.syntax import Query

        yield from (Match(hit.start, hit.end, hit.clause) for hit in hits(text, Query(self.clauses)))


@dataclass(frozen=True, slots=True)
class _Folded:
    """A query where there is no ``archive.search``."""

    clauses: tuple[tuple[str, ...], ...]

    def matches(self, text: str) -> Iterator[Match]:
        """Where a text has them."""
        found = list(_folded(text))
        words = [each.term for each in found]
        for last in range(len(found)):
            for number, clause in enumerate(self.clauses):
                first = last - len(clause) + 1
                if first >= 0 and tuple(words[first : last + 1]) == clause:
                    yield Match(found[first].start, found[last].end, number)


def _folded(text: str) -> Iterator[Term]:
    for word in _WORD.finditer(text):
        yield Term(word.group().casefold(), word.start(), word.end())


def _clauses(typed: str) -> tuple[tuple[str, ...], ...]:
    text, end = typed[:LENGTH_LIMIT], 0
    pieces: list[str] = []
    for quoted in _QUOTED.finditer(text):
        pieces += [*text[end : quoted.start()].split(), quoted[1]]
        end = quoted.end()
    pieces += text[end:].split()
    clauses = (tuple(each.term for each in _folded(piece)) for piece in pieces)
    return tuple(dict.fromkeys(clause for clause in clauses if clause))[:CLAUSE_LIMIT]
