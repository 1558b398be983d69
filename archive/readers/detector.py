"""The detector of languages: py3langid's, which goes on where it was when it looks at more of the same text.

It loads numpy and a model of a hundred megabytes, so that only who asks for a language imports it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from typing import Any

import numpy
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
from py3langid.modelio import load_model

#: What was walked: the bytes, the state of the automaton after them, and the features met.
_Walk = tuple[bytes, int, list[int]]


class Detector(LanguageIdentifier):  # type: ignore[misc]  # the library has no types
    """A look costs what its letters cost that the look before has not seen; the answers are the library's."""

    __slots__ = ("_found", "_last", "_rows")

    def __init__(self) -> None:
        weights, *rest, moves, rows, found = load_model(MODEL_DIR / MODEL_FILE)
        # No processor multiplies the half floats that the weights are stored as: as floats a look costs a quarter less.
        super().__init__(weights.astype("float32"), *rest, moves, found, tk_row=rows, norm_probs=True)
        # The library has lists of them. A text that is not like the one before asks them all over, and numbers side by
        # side are nearer than objects.
        self._rows, self._found = array("I", (row << 8 for row in rows)), array("i", found)
        self._last: _Walk = (b"", 0, [])

    def _raw_score(self, text: bytes) -> Any:
        """The scores of all languages, as the library's own method gives them."""
        met = self._met(text)
        return self._sparse_score(Counter(met), self.nb_ptc) if met else super()._raw_score(b"")

    def _sparse_score(self, visits: Counter[int], table: Any) -> Any:
        """As the library's, whose way to take rows out of a table costs twice as much."""
        features = numpy.fromiter(visits, dtype=numpy.intp, count=len(visits))
        counts = numpy.fromiter(visits.values(), dtype=numpy.float32, count=len(visits))
        return numpy.log1p(counts) @ table.take(features, axis=0) + self.nb_pc

    def _met(self, text: bytes) -> list[int]:
        """The features in the text, in the order in which they are met."""
        last = self._last  # read once: another thread may look at another text
        walked, state, before = last if text.startswith(last[0]) else (b"", 0, [])
        moves, rows, found, met = self.tk_nextmove, self._rows, self._found, [*before]
        for letter in text[len(walked) :]:
            state = moves[rows[state] + letter]
            feature = found[state]
            if feature >= 0:
                met.append(feature)
        self._last = (text, state, met)
        return met
