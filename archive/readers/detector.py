"""The detector of languages: py3langid's, which goes through all letters of a text at once.

It loads numpy and a model of a hundred megabytes, so that only who asks for a language imports it.
"""

from __future__ import annotations

from typing import Any

import numpy
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
from py3langid.modelio import load_model

#: Bytes of the longest feature in the model: what stands further back has no part in the state of its automaton.
_LONGEST_FEATURE = 6
#: A byte that no UTF-8 has, and no feature: the automaton is at its beginning after it.
_NO_LETTER = b"\xff"


class Detector(LanguageIdentifier):  # type: ignore[misc]  # the library has no types
    """The answers are the library's, which goes from letter to letter and takes twice as long for two hundred."""

    __slots__ = ("_found", "_moves", "_rows")

    def __init__(self) -> None:
        weights, *rest, moves, rows, found = load_model(MODEL_DIR / MODEL_FILE)
        # No processor multiplies the half floats that the weights are stored as: as floats a look costs a quarter less.
        super().__init__(weights.astype("float32"), *rest, moves, found, tk_row=rows, norm_probs=True)
        self._moves = numpy.asarray(moves)
        self._rows = numpy.asarray(rows, dtype=numpy.intp) << 8
        self._found = numpy.asarray(found, dtype=numpy.intp)

    def _raw_score(self, text: bytes) -> Any:
        """The scores of all languages, as the library's own method gives them."""
        met = self._met(text)
        if not len(met):
            return super()._raw_score(b"")
        # One that is met five times counts for the logarithm of six, a fifth of it each time.
        times = (met.searchsorted(met, "right") - met.searchsorted(met)).astype(numpy.float32)
        return (numpy.log1p(times) / times) @ self.nb_ptc.take(met, axis=0) + self.nb_pc

    def _met(self, text: bytes) -> Any:
        """The features in the text, by their numbers in order, each as often as it is met."""
        before = _LONGEST_FEATURE - 1
        letters = numpy.frombuffer(before * _NO_LETTER + text, numpy.uint8).astype(numpy.intp)
        states = numpy.zeros(len(text), numpy.intp)
        for step in range(_LONGEST_FEATURE):
            states = self._moves.take(self._rows.take(states) + letters[step : step + len(text)])
        found = self._found.take(states)
        found = found[found >= 0]
        found.sort()
        return found
