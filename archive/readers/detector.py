"""The detector of languages: py3langid's, which goes on where it was when it looks at more of the same text.

It loads numpy and a model of a hundred megabytes, so that only who asks for a language imports it.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
from py3langid.modelio import load_model

#: What was walked: the bytes, the state of the automaton after them, and how often each of its features was met.
_Walk = tuple[bytes, int, Counter[int]]


class Detector(LanguageIdentifier):  # type: ignore[misc]  # the library has no types
    """A look costs what its letters cost that the look before has not seen; the answers are the library's."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        weights, *rest, moves, rows, found = load_model(MODEL_DIR / MODEL_FILE)
        # No processor multiplies the half floats that the weights are stored as: as floats a look costs a quarter less.
        super().__init__(weights.astype("float32"), *rest, moves, found, tk_row=rows, norm_probs=True)
        self._last: _Walk = (b"", 0, Counter())

    def _raw_score(self, text: bytes) -> Any:
        """The scores of all languages, as the library's own method gives them."""
        visits = self._walked(text)
        return self._sparse_score(visits, self.nb_ptc) if visits else super()._raw_score(b"")

    def _walked(self, text: bytes) -> Counter[int]:
        """How often each feature is met in the text."""
        last = self._last  # read once: another thread may look at another text
        walked, state, visits = last if text.startswith(last[0]) else (b"", 0, Counter())
        moves, rows, found, met = self.tk_nextmove, self._rowbase, self.tk_output, []
        for letter in text[len(walked) :]:
            state = moves[rows[state] + letter]
            feature = found[state]
            if feature >= 0:
                met.append(feature)
        visits = visits.copy()
        visits.update(met)
        self._last = (text, state, visits)
        return visits
