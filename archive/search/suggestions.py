"""Suggestions: what may have been meant, where nothing was found.

A word that the index does not have is replaced by the most frequent one that is a slip or two away from it, or else
taken apart where two words stand one after the other in a text. What is suggested has been asked for: it finds
something, and only what is public.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from tantivy import Searcher

from archive.search.syntax import And, Clause, Node, Query
from archive.search.words import wanted

#: Shorter words have too many neighbours.
SHORTEST = 4
#: Beginnings that are trusted, and words of one beginning that are compared.
TRUSTED, COMPARED = 1, 20_000
#: Guesses that are tried.
TRIED = 5
#: Words that were typed as one: neither is shorter, and both together are no longer.
SHORTEST_PART, LONGEST_WHOLE = 3, 40
_COLUMNS = ("text", "people", "title", "places", "topics", "summary")


def suggested(query: Query, count: Callable[[Node], int], held: Searcher) -> str:
    """What was typed with its unknown words replaced, or nothing. ``count`` says how much a node finds."""
    typed, node = query.typed, query.node
    for clause in sorted(query.clauses, key=lambda each: each.start, reverse=True):
        if clause.exact or clause.prefix or len(clause.runs[0]) > 1 or count(clause):
            continue
        better = next((guess for guess in _guesses(clause, held) if count(guess.clause)), None)
        if better is None or node is None:
            return ""
        node = _replaced(node, clause, better.clause)
        typed = typed[: clause.start] + better.typed + typed[clause.end :]
    return typed if node is not None and typed != query.typed and count(node) else ""


class _Guess(NamedTuple):
    """What may have been meant by a clause, and how that is typed."""

    typed: str
    clause: Clause


def _guesses(clause: Clause, held: Searcher) -> Iterator[_Guess]:
    """What may have been meant, likeliest first."""
    word = clause.runs[0][0].term
    if len(word) < SHORTEST or not word.isalpha():
        return
    for near in _neighbours(clause, held):
        yield _Guess(near, _with(clause, near))
    columns = clause.columns or _COLUMNS
    for parts in _taken_apart(word):
        if not all(any(held.doc_freq(column, part) for column in columns) for part in parts):
            continue  # a look into the index, where asking for both takes a millisecond
        # The words behind a field are one only within quotation marks.
        yield _Guess(f'"{" ".join(parts)}"' if clause.columns else " ".join(parts), _with(clause, *parts))


def _taken_apart(word: str) -> Iterator[tuple[str, str]]:
    """The two words that one may be, each way."""
    if len(word) <= LONGEST_WHOLE:
        for place in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            yield word[:place], word[place:]


def _neighbours(clause: Clause, held: Searcher) -> Iterator[str]:
    """Words of the index near the one of a clause, nearest and most frequent first."""
    word = clause.runs[0][0].term
    most = 1 if len(word) < 6 else 2
    letters = frozenset(word)
    near: dict[str, tuple[int, int]] = {}
    for column in clause.columns or _COLUMNS:
        for term, frequency in held.terms_with_prefix(column, word[:TRUSTED], limit=COMPARED):
            # A slip brings one other letter in, and takes one away: most words are told apart by that alone.
            if abs(len(term) - len(word)) > most or len(letters.symmetric_difference(term)) > 2 * most:
                continue
            if (slips := distance(word, term, most)) <= most:
                near[term] = (slips, near.get(term, (0, 0))[1] - frequency)
    yield from sorted(near, key=lambda term: (*near[term], term))[:TRIED]


def distance(one: str, other: str, most: int) -> int:
    """Letters that must be changed, left out, put in or swapped; beyond ``most`` it is only said to be more.

    Optimal string alignment.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _with(clause: Clause, *words: str) -> Clause:
    """The clause with these words, one after the other, in the place of its own."""
    return replace(clause, runs=(tuple(wanted(word, ()) for word in words),))


def _replaced(node: Node, old: Clause, new: Clause) -> Node:
    if node is old:
        return new
    if isinstance(node, And):
        return And(tuple(_replaced(each, old, new) for each in node.nodes))
    return node
