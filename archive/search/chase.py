"""The chase of words through a text: all runs of a query at once, each word looked at once.

Shift-And (Baeza-Yates and Gonnet, 1992), with words in place of letters: of every run, each word has a bit. A word of
the text keeps alive those runs that it goes on with. What a word answers is decided once, not each time.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.search.syntax import Clause, Query, Run
from archive.search.words.analyser import JOINERS, joined_anywhere, joined_at, term_and_forms, words_in

#: Of signs that are no word once they are folded.
_NO_WORD = -1
#: Words whose answers are kept, of one query.
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause of the query, by its number, found from ``start`` up to ``end``."""

    start: int
    end: int
    clause: int


@dataclass(frozen=True, slots=True)
class _Slot:
    """A word that is looked for, with its bit; ``length`` is that of the run whose last word it is, else 0."""

    wanted: frozenset[str]
    bit: int
    clause: int
    length: int
    #: Other forms of the word answer too; not so in a phrase.
    loose: bool
    #: Words that begin like it answer.
    beginning: str


class Chase:
    """The runs of a query, ready to be looked for in texts of one language."""

    def __init__(self, slots: list[_Slot], starts: int, language: str) -> None:
        self._slots, self._starts, self._language = slots, starts, language
        #: The clauses that are looked for, by their numbers.
        self.clauses = frozenset(slot.clause for slot in slots)
        self._ends = [slot for slot in slots if slot.length]
        self._loose = [slot for slot in slots if slot.loose]
        self._final = sum(slot.bit for slot in self._ends)
        #: What any word answers to that answers at all, where no beginning of a word is looked for.
        self._wanted = frozenset[str]().union(*(slot.wanted for slot in slots))
        self._whole = not any(slot.beginning for slot in slots)
        self._longest = max((slot.length for slot in self._ends), default=1)
        self._answers: dict[str, int] = {}

    @classmethod
    @lru_cache(maxsize=16)
    def of(cls, query: Query, language: str, field: str) -> Chase:
        """The clauses that are looked for in a passage of this column."""
        slots: list[_Slot] = []
        starts = 0
        for number, clause in enumerate(query.clauses):
            if clause.columns and field not in clause.columns:
                continue
            for run in clause.runs:
                starts |= 1 << len(slots)
                slots += _slots(clause, run, number, len(slots))
        return cls(slots, starts, language)

    def through(self, text: str) -> Iterator[Hit]:
        """The hits in a text, in order of their ends."""
        if not self._slots:
            return
        answers, starts, final = self._answers, self._starts, self._final
        joins = bool(self._loose) and joined_anywhere(text)
        state, run = 0, deque[re.Match[str]](maxlen=self._longest)
        for word in words_in(text):
            answered = answers.get(word[0])
            if answered is None:
                answered = self._answered(word[0])
            if answered > 0:
                run.append(word)
                state = (state << 1 | starts) & answered
                if state & final:
                    yield from self._ended(state, run)
            elif answered == _NO_WORD:
                continue
            else:
                state = 0
            if joins and text[word.end() : word.end() + 1] in JOINERS:
                yield from self._joined(text, word.start())

    def _ended(self, state: int, run: Sequence[re.Match[str]]) -> Iterator[Hit]:
        """The runs that end with the last word."""
        for slot in self._ends:
            if state & slot.bit:
                yield Hit(run[-slot.length].start(), run[-1].end(), slot.clause)

    def _joined(self, text: str, start: int) -> Iterator[Hit]:
        """En-lai, for who looks for Enlai."""
        together, end = joined_at(text, start)
        if together:
            for slot in self._loose:
                if together in slot.wanted:
                    yield Hit(start, end, slot.clause)

    def _answered(self, word: str) -> int:
        """The bits of the words of the query that a word of the text answers; kept for the next time."""
        term, forms = term_and_forms(word, self._language)
        if not term:
            found = _NO_WORD
        elif self._whole and term not in self._wanted and self._wanted.isdisjoint(forms):
            found = 0  # almost every word of a text
        else:
            found = sum(slot.bit for slot in self._slots if _answers(slot, term, forms))
        if len(self._answers) > _REMEMBERED:
            self._answers.clear()
        self._answers[word] = found
        return found


def _slots(clause: Clause, run: Run, number: int, first: int) -> Iterator[_Slot]:
    for place, word in enumerate(run):
        last = place == len(run) - 1
        yield _Slot(
            wanted=word.all,
            bit=1 << first + place,
            clause=number,
            length=len(run) if last else 0,
            loose=len(run) == 1 and not clause.exact and not clause.prefix,
            beginning=word.term if clause.prefix and last else "",
        )


def _answers(slot: _Slot, term: str, forms: tuple[str, ...]) -> bool:
    if slot.beginning:
        return term.startswith(slot.beginning)
    return term in slot.wanted or (slot.loose and not slot.wanted.isdisjoint(forms))
