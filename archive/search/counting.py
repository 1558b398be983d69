"""Facets: how many results have each person, place, year. Counted over all results, not over a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value
from tantivy import Query

from archive.compiled import NAMES, Compiled
from archive.models import Agent, ArchivalUnit, Collection, Concept, Place
from archive.models.collection import shown
from archive.search.index.reading import Held, Tally
from archive.search.index.tallies import tallies

#: Values of a facet that are told of, the most frequent ones.
MOST = 12
#: Years, or months, of a histogram.
_BARS = 2_000


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of a facet: what it is called, and how many results have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """By what results can be narrowed. ``name`` is also the column of the index."""

    name: str
    values: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Histogram:
    """Results by the first year that they may be from, or by months where these are few years.

    ``bars`` are (date, number of results); ``by`` is year or month. Dates are EDTF: 1950, 1950-10.
    """

    by: str
    bars: tuple[tuple[str, int], ...]


_COLLECTION = "collection"
#: Of what things facets are: who may be named, and the columns by which the index knows one and of its name. Which
#: collections may, is asked beside (archive.models.collection).
_NAMED: dict[str, tuple[Callable[[], QuerySet[Any]], str, str]] = {
    "agent": (Agent.objects.current, "identifier", "name"),
    "place": (Place.objects.current, "identifier", "name"),
    "concept": (Concept.objects.current, "identifier", "name"),
    _COLLECTION: (Collection.objects.all, "slug", "title"),
}
_UNIT = "unit"
#: The facets in the order in which they are shown, and of what each is; values that are of nothing name themselves.
FACETS: dict[str, str] = {
    **dict.fromkeys(("person", "sent_by", "sent_to", "mentioned"), "agent"),
    "place": "place",
    **dict.fromkeys(("topic", "type"), "concept"),
    "spoken": "",
    "original": "",
    "in_fond": _UNIT,
    "collection": _COLLECTION,
    "has": "",
}


def counted(held: Held, query: Query, names: Iterable[str], *, hits: int) -> tuple[tuple[Facet, ...], Histogram]:
    """The facets of these names that have a value, and the histogram, of a query that so many documents answer."""
    asked = dict.fromkeys(names, MOST)
    found = tallies(held, query, {**asked, "year": _BARS}, hits=hits)
    labels = _labels({name: [key for key, _ in found[name]] for name in asked})
    facets = (Facet(name, _values(found[name], labels[FACETS[name]])) for name in asked)
    return tuple(facet for facet in facets if facet.values), _histogram(held, query, found["year"], hits)


def _labels(keys: Mapping[str, Sequence[str]]) -> Mapping[str, Mapping[str, str]]:
    """What the values of facets are called, by what they are. What is no longer there, or not public, has no name.

    Three queries, however many facets there are.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for name, values in keys.items():
        wanted[FACETS[name]].update(values)
    found: dict[str, dict[str, str]] = {
        "": {key: key for key in wanted[""]},
        _UNIT: _units(wanted[_UNIT]),
        **{kind: {} for kind in _NAMED},
    }
    public = shown() if wanted[_COLLECTION] else set()
    for pk, key, label, kind in _called(*(sorted(wanted[kind]) for kind in _NAMED)):
        if kind != _COLLECTION or pk in public:
            found[kind][key] = label
    return found


def _names(*keys: Sequence[str]) -> QuerySet[Any, Any]:
    """The names of things, by those of each kind that are wanted."""
    rows = [
        things()
        .filter(**{f"{key}__in": wanted})
        .order_by()
        .annotate(of_kind=Value(kind, CharField()))
        .values_list("pk", key, label, "of_kind")
        for (kind, (things, key, label)), wanted in zip(_NAMED.items(), keys, strict=True)
    ]
    union: QuerySet[Any, Any] = rows[0].union(*rows[1:], all=True).order_by()
    return union


_called = Compiled(_names, *[NAMES] * len(_NAMED))


def _units(identifiers: Iterable[str]) -> dict[str, str]:
    """A unit says what it is part of: many repositories have a fond 45.

    That it is a fond is the facet's to say, in the language of the page.
    """
    found = {}
    for identifier, code, title, dates, parent, *above in _kept_in(sorted(identifiers)):
        units = [ArchivalUnit(code=code, title=title, dates=dates)]
        if parent is not None:
            units.insert(0, ArchivalUnit(**dict(zip(("code", "title", "dates"), above, strict=True))))
        found[identifier] = ", ".join(each.name for each in units)
    return found


_kept_in = Compiled(
    lambda identifiers: (
        ArchivalUnit.objects.filter(identifier__in=identifiers)
        .order_by()
        .values_list(
            "identifier", "code", "title", "dates", "parent_id", "parent__code", "parent__title", "parent__dates"
        )
    ),
    NAMES,
)


def _values(found: Tally, labels: Mapping[str, str]) -> tuple[Counted, ...]:
    return tuple(Counted(key, labels[key], count) for key, count in found if key in labels)


def _histogram(held: Held, query: Query, found: Tally, hits: int) -> Histogram:
    """The years; months are counted only where these are few, because that takes as long as counting a facet."""
    years = {int(year): count for year, count in found}
    if not years or max(years) - min(years) > 2:
        return Histogram("year" if years else "month", tuple((f"{year:04}", n) for year, n in sorted(years.items())))
    months = {int(month): count for month, count in tallies(held, query, {"month": _BARS}, hits=hits)["month"]}
    return Histogram("month", tuple((f"{m // 12:04}-{m % 12 + 1:02}", n) for m, n in sorted(months.items())))
