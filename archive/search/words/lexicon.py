"""Lexicon: the words of texts that this process has seen, by what they answer.

Almost no word of a text answers a query. Whether one does is known of each by its term and forms; that takes ten times
as long for all words of a page of results as it takes to ask here which words answer, and what is there of these.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from threading import Lock

from archive.search.words.analyser import term_and_forms

#: Words of a language that are remembered; then it begins anew. They take some 300 bytes each.
REMEMBERED = 60_000
_lock = Lock()


class Lexicon:
    """Words as they stand in texts of one language. Those that are nothing once they are folded answer ``""``."""

    def __init__(self, language: str) -> None:
        self._language = language
        #: What was seen, and the words by what they answer: tuples, which the collector lets go of.
        self._known: tuple[set[str], dict[str, tuple[str, ...]]] = set(), {}

    @classmethod
    @lru_cache(maxsize=64)
    def of(cls, language: str) -> Lexicon:
        """The one of a language."""
        return cls(language)

    def answering(self, words: set[str], wanted: Iterable[str]) -> set[str]:
        """Those of these words that one of the terms finds, as they are or by a form of theirs."""
        seen, by_answer = self._known
        if not words <= seen:
            by_answer = self._learned(words)
        found: set[str] = set()
        for term in wanted:
            found.update(by_answer.get(term, ()))
        return found & words

    def _learned(self, words: set[str]) -> dict[str, tuple[str, ...]]:
        with _lock:
            if len(self._known[0]) > REMEMBERED:
                self._known = set(), {}  # another thread may just be asking the old ones
            seen, by_answer = self._known
            for word in words - seen:
                term, forms = term_and_forms(word, self._language)
                for each in {term, *forms}:
                    by_answer[each] = (*by_answer.get(each, ()), word)
            seen |= words
            return by_answer
