"""What a reader typed, taken apart: words, all of which must be there, and "phrases" in double quotes.

Nothing that can be typed is an error. Signs that mean nothing here fall away, and so do words beyond a
limit, which ``Query.cut`` tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.search.analyser import Token, analyse

#: Characters of a query that are read at all, and clauses that are asked for.
LENGTH_LIMIT = 1_000
CLAUSE_LIMIT = 24

#: Signs that hold one expression together: don't, Sino-Soviet, ll.0085, 13/10.
JOINERS = frozenset(["", "-", "‐", "‑", ".", "'", "’", "ʼ", "/", "&", "·"])

_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)(?:["“”„«»]|\Z)')


@dataclass(frozen=True, slots=True)
class Query:
    """Clauses that must all be found. A clause is one term, or several that must follow one another."""

    clauses: tuple[tuple[str, ...], ...] = ()
    #: Part of what was typed was left out, because it was too long.
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.clauses)

    @property
    def terms(self) -> tuple[str, ...]:
        """Every term, once."""
        return tuple(dict.fromkeys(term for clause in self.clauses for term in clause))


def parse(typed: str) -> Query:
    """Take a query apart."""
    text = typed[:LENGTH_LIMIT]
    clauses = list(dict.fromkeys(_clauses(text)))
    return Query(tuple(clauses[:CLAUSE_LIMIT]), cut=len(typed) > LENGTH_LIMIT or len(clauses) > CLAUSE_LIMIT)


def _clauses(text: str) -> Iterator[tuple[str, ...]]:
    """Phrases as they are quoted, and between them what holds together without blanks."""
    end = 0
    for quoted in _QUOTED.finditer(text):
        yield from _expressions(text[end : quoted.start()])
        if phrase := tuple(token.term for token in analyse(quoted[1])):
            yield phrase
        end = quoted.end()
    yield from _expressions(text[end:])


def _expressions(text: str) -> Iterator[tuple[str, ...]]:
    """Words, and runs of tokens with nothing but a joiner between them: 停战协定 is asked for as a phrase."""
    run: list[Token] = []
    for token in analyse(text):
        if run and text[run[-1].end : token.start] not in JOINERS:
            yield _terms(run)
            run = []
        run.append(token)
    if run:
        yield _terms(run)


def _terms(run: Iterable[Token]) -> tuple[str, ...]:
    return tuple(token.term for token in run)
