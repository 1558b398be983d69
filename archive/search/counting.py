"""Facets: how many results have each person, place, year. Counted over all results, not over a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from tantivy import Query, Searcher

from archive.models import Agent, ArchivalUnit, Collection, Concept, Place

#: Values of a facet that are told of, the most frequent ones.
MOST = 12
#: Years, or months, of a histogram.
_BARS = 2_000


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: what it is called, and how many results have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """By what results can be narrowed. ``name`` is also the column of the index."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Histogram:
    """Results by the first year that they may be from, or by months where these are few years.

    ``bars`` are (date, number of results); ``by`` is year or month. Dates are EDTF: 1950, 1950-10.
    """

    by: str
    bars: tuple[tuple[str, int], ...]


Named = Callable[[Iterable[str]], Mapping[str, str]]


def _by(queryset: Callable[[], QuerySet[Any]], key: str, label: str) -> Named:
    """Names of things of the archive, by what the index knows of them. What is no longer there has none."""
    return lambda keys: dict(queryset().filter(**{f"{key}__in": list(keys)}).order_by().values_list(key, label))


def _units(keys: Iterable[str]) -> Mapping[str, str]:
    """A unit says what it is part of: many repositories have a fond 45."""
    units = ArchivalUnit.objects.select_related("parent").filter(identifier__in=list(keys))
    return {unit.identifier: str(unit) for unit in units}


def _themselves(keys: Iterable[str]) -> Mapping[str, str]:
    return {key: key for key in keys}


#: The facets in the order in which they are shown, and where their values have their names from.
FACETS: dict[str, Named] = {
    "person": _by(Agent.objects.current, "identifier", "name"),
    **dict.fromkeys(("sent_by", "sent_to", "mentioned"), _by(Agent.objects.current, "identifier", "name")),
    "place": _by(Place.objects.current, "identifier", "name"),
    "topic": _by(Concept.objects.current, "identifier", "name"),
    "type": _by(Concept.objects.current, "identifier", "name"),
    "spoken": _themselves,
    "original": _themselves,
    "in_fond": _units,
    "collection": _by(Collection.objects.public, "slug", "title"),
    "has": _themselves,
}


def counted(searcher: Searcher, query: Query, names: Iterable[str]) -> tuple[tuple[Facet, ...], Histogram]:
    """The facets of these names that have a value, and the histogram."""
    asked = {name: {"terms": {"field": name, "size": MOST}} for name in names}
    bars = {by: {"terms": {"field": by, "size": _BARS}} for by in ("year", "month")}
    counts = searcher.aggregate(query, {**asked, **bars})
    facets = (Facet(name, _values(counts[name]["buckets"], FACETS[name])) for name in asked)
    return tuple(facet for facet in facets if facet.values), _histogram(counts)


def _values(buckets: list[dict[str, Any]], named: Named) -> tuple[Value, ...]:
    if not buckets:
        return ()
    labels = named(bucket["key"] for bucket in buckets)
    return tuple(Value(b["key"], labels[b["key"]], int(b["doc_count"])) for b in buckets if b["key"] in labels)


def _histogram(counts: dict[str, Any]) -> Histogram:
    years = {int(b["key"]): int(b["doc_count"]) for b in counts["year"]["buckets"]}
    if years and max(years) - min(years) > 2:
        return Histogram("year", tuple((f"{year:04}", count) for year, count in sorted(years.items())))
    months = {int(b["key"]): int(b["doc_count"]) for b in counts["month"]["buckets"]}
    return Histogram("month", tuple((f"{m // 12:04}-{m % 12 + 1:02}", n) for m, n in sorted(months.items())))
