"""Finding: which things a name may mean, and how well.

For all queries of a batch together: one query to the database for the terms, one for the names behind them, and two or
three for what of these is public. Everything between is arithmetic over a few dozen short strings.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log
from typing import NamedTuple

from django.db import connection

from archive.lod.models import KnownName
from archive.lod.reconciliation import properties
from archive.lod.reconciliation.asking import Query, Wanted
from archive.lod.reconciliation.names import WORDS, whole
from archive.lod.reconciliation.properties import TYPES, Thing
from archive.vocab.romanization import keys, skeleton

#: Names that one term may bring. A whole name that is written as it is known is always among them.
BROUGHT = 150
#: Names of one query that are compared letter by letter.
COMPARED = 25
#: Of these, those of which it is asked whether they are public; twice as many as were asked for, if that is more.
SPARE = 8
#: A score is from 0 to 100; what is below this is no candidate.
LEAST = 45
#: From here on a candidate that has no rival is said to be the one.
SURE = 95
#: How much of a score values make, where the client gives any.
VALUES = 0.25


class _Alike(NamedTuple):
    """A name that is like what was asked; of a thing that may not be public."""

    kind: str
    pk: int
    value: str
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that may be meant: its score, under which name it was found, and whether it is surely the one."""

    thing: Thing
    score: float
    name: str
    match: bool


def candidates(queries: Mapping[str, Query]) -> dict[str, list[Candidate]]:
    """The candidates of each query of a batch, the best first."""
    asked = {key: keys(query.name)[:WORDS] for key, query in queries.items()}
    brought = _names_by_term({term for each in asked.values() for term in _terms(each)})
    ranked = {key: _ranked(_terms(each), brought) for key, each in asked.items()}
    names = _names({pk for each in ranked.values() for pk in each})
    alike = {key: _alike(queries[key], asked[key], [names[pk] for pk in ranked[key] if pk in names]) for key in queries}
    things = properties.public_things((each.kind, each.pk) for found in alike.values() for each in found)
    return {key: _best(query, alike[key], things) for key, query in queries.items()}


def suggestions(query: Query) -> list[Candidate]:
    """Things one of whose names has all the words typed so far, the last of which may go on; then what is like it."""
    typed = keys(query.name)[:WORDS]
    if not typed:
        return []
    names = KnownName.objects.filter(terms__term__gte=typed[-1], terms__term__lt=f"{typed[-1]}\uffff").order_by()
    for each in typed[:-1]:
        names = names.filter(terms__term=each)
    kinds = {TYPES[each][0] for each in query.types if each in TYPES}
    if query.types:
        names = names.filter(kind__in=kinds)
    found = [_Alike(*row, 100.0) for row in names.values_list("kind", "thing", "value").distinct()[: 4 * query.limit]]
    begun = _best(query, found, properties.public_things((each.kind, each.pk) for each in found))
    known = {each.thing for each in begun}
    return [*begun, *(each for each in candidates({"q": query})["q"] if each.thing not in known)][: query.limit]


def _terms(name_keys: tuple[str, ...]) -> dict[str, float]:
    """What to look up for a name, and what it counts."""
    if not name_keys:
        return {}
    found = {f"~{skeleton(each)}": 0.4 for each in name_keys}
    return {**found, **dict.fromkeys(name_keys, 1.0), whole(name_keys): 3.0}


def _names_by_term(terms: Collection[str]) -> dict[str, list[int]]:
    """Keys of names by term, at most ``BROUGHT`` for each. By SQL, because the ORM takes five times as long."""
    if not terms:
        return {}
    one = "SELECT * FROM (SELECT term, name_id FROM archive_lod_nameterm WHERE term = %s LIMIT %s) AS found"
    found: dict[str, list[int]] = {}
    wanted = sorted(terms)
    for start in range(0, len(wanted), 100):
        some = wanted[start : start + 100]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([one] * len(some)), [each for term in some for each in (term, BROUGHT)])
            for term, pk in cursor.fetchall():
                found.setdefault(term, []).append(pk)
    return found


def _ranked(terms: Mapping[str, float], brought: Mapping[str, Sequence[int]]) -> list[int]:
    """The names that share most with the query; what many names share counts little."""
    counted: Counter[int] = Counter()
    for term, weight in terms.items():
        found = brought.get(term, ())
        share = weight / (1 + log(1 + len(found)))
        for pk in found:
            counted[pk] += share  # type: ignore[assignment]  # a counter of shares
    return [pk for pk, _ in counted.most_common(COMPARED)]


def _names(pks: Collection[int]) -> dict[int, tuple[str, int, str]]:
    rows = KnownName.objects.filter(pk__in=pks).values_list("pk", "kind", "thing", "value")
    return {pk: (kind, thing, value) for pk, kind, thing, value in rows}


def _alike(query: Query, asked: tuple[str, ...], names: Iterable[tuple[str, int, str]]) -> list[_Alike]:
    """The names that are most alike, more of them than will be told: some may be of what is not public."""
    kinds = {TYPES[each][0] for each in query.types if each in TYPES}
    found = [
        _Alike(kind, pk, value, likeness(asked, keys(value)))
        for kind, pk, value in names
        if not query.types or kind in kinds
    ]
    best = heapq.nlargest(max(SPARE, 2 * query.limit), found, key=lambda each: each.score)
    return [each for each in best if each.score >= LEAST]


def _best(query: Query, alike: Iterable[_Alike], things: Mapping[tuple[str, int], Thing]) -> list[Candidate]:
    scores: dict[Thing, tuple[float, str]] = {}
    for each in alike:
        thing = things.get((each.kind, each.pk))
        if thing is None or not thing.may_be_found_as(each.value) or not thing.is_one_of(query.types):
            continue
        if each.score > scores.get(thing, (0.0, ""))[0]:
            scores[thing] = each.score, each.value
    if query.wanted:
        scores = _with_values(scores, query.wanted)
    ordered = sorted(scores.items(), key=lambda each: (-each[1][0], each[0].name, each[0].id))
    sure = len([1 for _, (score, _) in ordered if score >= SURE]) == 1
    return [
        Candidate(thing, round(score, 1), name if thing.shows(name) else thing.name, sure and score >= SURE)
        for thing, (score, name) in ordered[: query.limit]
    ]


def likeness(asked: tuple[str, ...], known: tuple[str, ...]) -> float:
    """How alike two names are, from 0 to 100, by the pairs of letters that they share (Dice), in any order of words.

    A name of which only a part was asked, such as the surname, is less than the whole, and more than a slip.
    """
    if sorted(asked) == sorted(known):
        return 100.0
    one, other = _pairs(asked), _pairs(known)
    whole_names = 2 * len(one & other) / (len(one) + len(other) or 1)
    part = 0.8 if asked and set(asked) <= set(known) else 0.0
    return 99 * max(whole_names, part)


@lru_cache(maxsize=5000)
def _pairs(name_keys: tuple[str, ...]) -> frozenset[str]:
    return frozenset(pair for each in name_keys for pair in map("".join, pairwise(f" {each} ")))


def _with_values(scores: Mapping[Thing, tuple[float, str]], wanted: Sequence[Wanted]) -> dict[Thing, tuple[float, str]]:
    """Scores in which it counts whether the thing has the values that the client knows."""
    known = properties.values(scores, {each.pid for each in wanted})
    by_pid: dict[str, set[str]] = defaultdict(set)
    for each in wanted:
        by_pid[each.pid].add(each.value.casefold().strip())
    told = {}
    for thing, (score, name) in scores.items():
        said = {pid: {each.casefold() for each in known[thing][pid].words()} for pid in by_pid}
        agreeing = sum(1 for pid, values in by_pid.items() if values & said[pid])
        told[thing] = (score * (1 - VALUES) + 100 * VALUES * agreeing / len(by_pid), name)
    return told
