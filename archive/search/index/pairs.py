"""Pairs: two common words that stand beside each other, known to the index as if they were one word.

A phrase with a rare word in it is soon found. Two common words are both in most documents, and beside each other in
some of these, which only their places in each document tell; at 200,000 documents that takes a tenth of a second. So an
index has a list of words that are common in the archive it was begun for, and a column for the pairs of them in texts
(CommonGrams, as HathiTrust calls them). The list lies in the folder of the index, and is the same for as long as that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

#: Between the two words of a pair; alone, it stands for what is no pair. No word has it.
SIGN = "+"


def pair(one: str, other: str) -> str:
    """Two words as one term."""
    return f"{one}{SIGN}{other}"


def paired(words: Sequence[str], common: frozenset[str]) -> Iterator[str]:
    """The pairs of a passage: as many terms as it has words, so that it counts as being of the same length."""
    before = ""
    for word in words:
        if before:
            yield pair(before, word) if before in common and word in common else SIGN
        before = word
    if before:
        yield SIGN
