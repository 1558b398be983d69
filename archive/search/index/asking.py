"""Asking: from the tree of a query to what the index understands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log

from tantivy import FieldType, Occur, Query, Searcher

from archive.search import syntax
from archive.search.entries import folded
from archive.search.index.pairs import pair
from archive.search.index.reading import Held
from archive.search.index.schema import OPEN_LAST, PAIRED, day, forms_of, pairs_of, schema
from archive.search.passages import WEIGHTS
from archive.search.words import Wanted

#: Words that the beginning of a word stands for, at most; the most frequent ones.
EXPANSIONS = 500
#: How much another form of a word counts beside the word itself.
STEM, SOUND = 0.8, 0.5
#: How much the other columns count beside the best one.
OTHER_COLUMNS = 0.2


def asked(node: syntax.Node, held: Held) -> Query:
    """What the index ``held`` is asked for a query: it knows which words begin like a prefix, and which are common."""
    match node:
        case syntax.Clause():
            return _clause(node, held)
        case syntax.Has():
            return _has(node, held.searcher)
        case syntax.Dates():
            return _dates(node)
        case syntax.Everything():
            return Query.all_query()
        case syntax.And(nodes):
            return Query.boolean_query([_must(each, held) for each in _with_something(nodes)])
        case syntax.Or(nodes):
            return Query.boolean_query([(Occur.Should, asked(each, held)) for each in nodes])
        case syntax.Not(inner):
            return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, asked(inner, held))])


def without(query: Query, document_ids: Sequence[int]) -> Query:
    """A query that does not find these documents."""
    if not document_ids:
        return query
    hidden = Query.term_set_query(schema(), "id", list(document_ids))
    return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, hidden)])


def beyond(query: Query, column: str, position: int, *, descending: bool) -> Query:
    """What of a query comes after a position in the order of a column."""
    lower, upper = (None, position) if descending else (position, None)
    rest = Query.range_query(
        schema(), column, FieldType.Unsigned, lower, upper, include_lower=descending, include_upper=not descending
    )
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(rest, 0.0))])


def between(column: str, first: int, last: int) -> Query:
    """Documents with a number from ``first`` to ``last``."""
    return Query.range_query(schema(), column, FieldType.Unsigned, first, last)


def _with_something(nodes: Sequence[syntax.Node]) -> Sequence[syntax.Node]:
    """The nodes; where each of them takes away, together with everything that they can take away from."""
    return [syntax.Everything(), *nodes] if all(isinstance(each, syntax.Not) for each in nodes) else nodes


def _must(node: syntax.Node, held: Held) -> tuple[Occur, Query]:
    if isinstance(node, syntax.Not):
        return Occur.MustNot, asked(node.node, held)
    return Occur.Must, asked(node, held)


def _clause(clause: syntax.Clause, held: Held) -> Query:
    columns = clause.columns or tuple(WEIGHTS)
    found = [
        Query.boost_query(each, WEIGHTS.get(column, 1.0))
        for column in columns
        for run in clause.runs
        for each in _run(run, column, clause, held)
    ]
    return Query.disjunction_max_query(found, OTHER_COLUMNS) if found else Query.empty_query()


def _run(run: syntax.Run, column: str, clause: syntax.Clause, held: Held) -> Iterator[Query]:
    if clause.prefix:
        yield from _beginnings(run, column, held.searcher)
    elif len(run) > 1:
        yield _phrase(column, [word.term for word in run], held)
    elif clause.exact:
        yield Query.term_query(schema(), column, run[0].term)
    else:
        yield from _word(run[0], column)


def _phrase(column: str, words: Sequence[str], held: Held) -> Query:
    """These words, one after the other; ranked alike, whichever way it is asked for (archive.search.index.pairs)."""
    whole = Query.phrase_query(schema(), column, list(words))
    known = [each for each in pairwise(words) if held.common.issuperset(each)] if column in PAIRED else []
    if not known:
        return whole
    found = [Query.term_query(schema(), pairs_of(column), pair(*each), "freq") for each in known]
    if len(words) == 2:
        return Query.boost_query(found[0], _worth(column, words, held.searcher))
    # The places of the words are looked at only in documents that have all of the pairs.
    pairs = [(Occur.Must, Query.const_score_query(each, 0.0)) for each in found]
    return Query.boolean_query([*pairs, (Occur.Must, whole)])


def _worth(column: str, words: Sequence[str], searcher: Searcher) -> float:
    """What the words of a pair are worth together beside what it is worth: BM25 adds up how rare the words are."""
    documents = max(searcher.num_docs, 1)

    def rarity(of: str, term: str) -> float:
        found = min(searcher.doc_freq(of, term), documents)
        return log(1 + (documents - found + 0.5) / (found + 0.5))

    return sum(rarity(column, word) for word in words) / rarity(pairs_of(column), pair(*words))


def _word(word: Wanted, column: str) -> Iterator[Query]:
    """The word itself, and in a text its stem or a word of which it is the stem, and names that sound like it."""
    forms = forms_of(column)
    yield Query.term_query(schema(), column, word.term)
    yield Query.boost_query(Query.term_query(schema(), forms, word.term), STEM)
    for stem in word.stems:
        yield Query.boost_query(Query.term_query(schema(), column, stem), STEM)
        yield Query.boost_query(Query.term_query(schema(), forms, stem), STEM)
    for sound in word.sounds:
        yield Query.boost_query(Query.term_query(schema(), forms, sound), SOUND)


def _beginnings(run: syntax.Run, column: str, searcher: Searcher) -> Iterator[Query]:
    """Words that begin like the last one; of a run, only the last is a beginning."""
    words = [word for word, _ in searcher.terms_with_prefix(column, run[-1].term, limit=EXPANSIONS)]
    if not words:
        return
    if len(run) == 1:
        yield Query.const_score_query(Query.term_set_query(schema(), column, words), 1.0)
    else:
        before = [word.term for word in run[:-1]]
        for word in words:
            yield Query.phrase_query(schema(), column, [*before, word])


def _has(node: syntax.Has, searcher: Searcher) -> Query:
    value = folded(node.column, node.value)
    values = [value]
    if node.prefix:
        values = [code for code, _ in searcher.terms_with_prefix(node.column, value, limit=EXPANSIONS)]
    found = Query.term_set_query(schema(), node.column, values) if values else Query.empty_query()
    return Query.const_score_query(found, 0.0)


def _dates(dates: syntax.Dates) -> Query:
    """Documents whose first possible day is not after the last one, and the other way round."""
    first, last = day(dates.first) if dates.first else 0, day(dates.last) if dates.last else OPEN_LAST
    begun = Query.range_query(schema(), "earliest", FieldType.Unsigned, None, last)
    not_over = Query.range_query(schema(), "latest", FieldType.Unsigned, first, None)
    both = Query.boolean_query([(Occur.Must, begun), (Occur.Must, not_over)])
    return Query.const_score_query(both, 0.0)
