"""The chase of words through a text: all runs of a query at once, each word looked at once.

Shift-And (Baeza-Yates and Gonnet, 1992), with words in place of letters: of every run, each word has a bit. A word of
the text keeps alive those runs that it goes on with. What a word answers is decided once, not each time.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.search.syntax import Clause, Query, Run
from archive.search.words.analyser import (
    JOINERS,
    different_words,
    joined_anywhere,
    joined_at,
    joined_in,
    term_and_forms,
    words_in,
)
from archive.search.words.lexicon import Lexicon

#: Of signs that are no word once they are folded.
_NO_WORD = -1
#: Words whose answers are kept, of one query.
_REMEMBERED = 50_000
#: Characters of a text that are read at once: a few typed pages, to know beforehand which of several clauses are in it.
#: Of one clause the first hit is enough, and in a young process each word that is read has yet to be stemmed.
AT_ONCE, AT_ONCE_FOR_ONE = 8_000, 800
_BLANK = re.compile(r"\s")
#: What those signs answer.
_NOTHING = frozenset([""])


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


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of a text, and the words in it that answer; None where each has to be asked.

    ``joins`` is whether words that are joined answer together.
    """

    start: int
    end: int
    answers: Mapping[str, int] | None
    joins: bool


@dataclass(frozen=True, slots=True)
class Course:
    """The hits in a text, in order of their ends, lazy; and the clauses that can be among them, by their numbers."""

    clauses: frozenset[int]
    hits: Iterator[Hit]


class Chase:
    """The runs of a query, ready to be looked for in texts of one language."""

    def __init__(self, slots: list[_Slot], starts: int, language: str) -> None:
        self._slots, self._starts, self._language = slots, starts, language
        self._clauses = frozenset(slot.clause for slot in slots)
        self._ends = [slot for slot in slots if slot.length]
        self._loose = [slot for slot in slots if slot.loose]
        self._final = sum(slot.bit for slot in self._ends)
        #: What any word answers to that answers at all, where no beginning of a word is looked for.
        self._wanted = frozenset[str]().union(*(slot.wanted for slot in slots))
        self._apart = frozenset[str]().union(*(slot.wanted for slot in self._loose))
        self._whole = not any(slot.beginning for slot in slots)
        self._longest = max((slot.length for slot in self._ends), default=1)
        self._at_once = AT_ONCE if len(self._clauses) > 1 else AT_ONCE_FOR_ONE
        self._lexicon = Lexicon.of(language)
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
        return self.over(text).hits

    def over(self, text: str) -> Course:
        """The hits in a text, and what can be among them; of a text that is read at once, this is known beforehand."""
        if not self._slots:
            return Course(frozenset(), iter(()))
        if not self._whole or len(text) > self._at_once:
            return Course(self._clauses, self._hits(text, self._stretches(text)))
        if (stretch := self._stretch(text, 0, len(text))) is None:
            return Course(frozenset(), iter(()))
        held = self._clauses if stretch.joins or stretch.answers is None else self._held(stretch.answers)
        return Course(held, self._hits(text, (stretch,)))

    def _held(self, answers: Mapping[str, int]) -> frozenset[int]:
        bits = 0
        for answered in answers.values():
            bits |= max(answered, 0)
        return frozenset(slot.clause for slot in self._slots if slot.bit & bits)

    def _stretches(self, text: str) -> Iterator[_Stretch]:
        """The stretches of a text that have something, one after the other; whoever has enough need not read it all."""
        start, rest = 0, len(text)
        while start < rest:
            blank = _BLANK.search(text, start + self._at_once)
            end = blank.start() if blank else rest
            if (stretch := self._stretch(text, start, end)) is not None:
                yield stretch
            start = end

    def _stretch(self, text: str, start: int, end: int) -> _Stretch | None:
        """What of a stretch answers; nothing where nothing does, as in most."""
        part = text if end - start == len(text) else text[start:end]
        joins = bool(self._apart) and joined_anywhere(part) and not self._apart.isdisjoint(joined_in(part))
        if not self._whole:
            return _Stretch(start, end, None, joins)
        words = different_words(part)
        answers = {word: self._any_word(word) for word in self._lexicon.answering(words, self._wanted | _NOTHING)}
        found = [word for word, answered in answers.items() if answered > 0]
        if not joins and not found and len(answers) < len(words):
            return None
        if not joins and found and len(part) == len(text):
            # Nothing answers before the first of them, which may be a part of a longer word.
            start = text.rfind(" ", 0, min(map(text.find, found))) + 1
        return _Stretch(start, end, answers, joins)

    def _hits(self, text: str, stretches: Iterable[_Stretch]) -> Iterator[Hit]:
        starts, final = self._starts, self._final
        state, read, run = 0, 0, deque[re.Match[str]](maxlen=self._longest)
        for stretch in stretches:
            if stretch.start != read:
                state = 0  # there were words between, which answered nothing
            read = stretch.end
            answers = self._any_word if stretch.answers is None else stretch.answers.get
            for word in words_in(text, stretch.start, stretch.end):
                answered = answers(word[0], 0)
                if answered > 0:
                    run.append(word)
                    state = (state << 1 | starts) & answered
                    if state & final:
                        yield from self._ended(state, run)
                elif answered == _NO_WORD:
                    continue
                else:
                    state = 0
                if stretch.joins and text[word.end() : word.end() + 1] in JOINERS:
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

    def _any_word(self, word: str, _: int = 0) -> int:
        answered = self._answers.get(word)
        return self._answered(word) if answered is None else answered

    def _answered(self, word: str) -> int:
        """The bits of the words of the query that a word of the text answers; kept for the next time."""
        term, forms = term_and_forms(word, self._language)
        found = sum(slot.bit for slot in self._slots if _answers(slot, term, forms)) if term else _NO_WORD
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
