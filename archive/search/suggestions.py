"""Suggestions: what may have been meant, where nothing was found.

A word that the index does not have is replaced by the most frequent one that is a slip or two away from it. What is
suggested has been asked for: it finds something, and only what is public.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tantivy import Searcher

from archive.search.syntax import And, Clause, Node, Query
from archive.search.words import wanted

#: Shorter words have too many neighbours.
SHORTEST = 4
#: Beginnings that are trusted, and words of one beginning that are compared.
TRUSTED, COMPARED = 1, 20_000
#: Guesses that are tried.
TRIED = 5
_COLUMNS = ("text", "people", "title", "places", "topics", "summary")


def suggested(query: Query, count: Callable[[Node], int], held: Searcher) -> str:
    """What was typed with its unknown words replaced, or nothing. ``count`` says how much a node finds."""
    typed, node = query.typed, query.node
    for clause in sorted(query.clauses, key=lambda each: each.start, reverse=True):
        if clause.exact or clause.prefix or len(clause.runs[0]) > 1 or count(clause):
            continue
        better = next((word for word in _neighbours(clause, held) if count(_with(clause, word))), None)
        if better is None or node is None:
            return ""
        node = _replaced(node, clause, _with(clause, better))
        typed = typed[: clause.start] + better + typed[clause.end :]
    return typed if node is not None and typed != query.typed and count(node) else ""


def _neighbours(clause: Clause, held: Searcher) -> Iterator[str]:
    """Words of the index near the one of a clause, nearest and most frequent first."""
    word = clause.runs[0][0].term
    if len(word) < SHORTEST or not word.isalpha():
        return
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


def _with(clause: Clause, word: str) -> Clause:
    return replace(clause, runs=((wanted(word, ()),),))


def _replaced(node: Node, old: Clause, new: Clause) -> Node:
    if node is old:
        return new
    if isinstance(node, And):
        return And(tuple(_replaced(each, old, new) for each in node.nodes))
    return node
