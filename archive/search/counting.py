"""Facets: how many results have each person, place, year. Counted over all results, not over a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value
from tantivy import Query, Searcher

from archive.models import Agent, ArchivalUnit, Collection, Concept, Place

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


#: Of what things facets are: who may be named, and the columns by which the index knows one and of its name.
_NAMED: dict[str, tuple[Callable[[], QuerySet[Any]], str, str]] = {
    "agent": (Agent.objects.current, "identifier", "name"),
    "place": (Place.objects.current, "identifier", "name"),
    "concept": (Concept.objects.current, "identifier", "name"),
    "collection": (Collection.objects.public, "slug", "title"),
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
    "collection": "collection",
    "has": "",
}


def counted(searcher: Searcher, query: Query, names: Iterable[str]) -> tuple[tuple[Facet, ...], Histogram]:
    """The facets of these names that have a value, and the histogram."""
    asked = {name: {"terms": {"field": name, "size": MOST}} for name in names}
    bars = {by: {"terms": {"field": by, "size": _BARS}} for by in ("year", "month")}
    counts = searcher.aggregate(query, {**asked, **bars})
    labels = _labels({name: [bucket["key"] for bucket in counts[name]["buckets"]] for name in asked})
    facets = (Facet(name, _values(counts[name]["buckets"], labels[FACETS[name]])) for name in asked)
    return tuple(facet for facet in facets if facet.values), _histogram(counts)


def _labels(keys: Mapping[str, Sequence[str]]) -> Mapping[str, Mapping[str, str]]:
    """What the values of facets are called, by what they are. What is no longer there, or not public, has no name.

    Two queries, however many facets there are.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for name, values in keys.items():
        wanted[FACETS[name]].update(values)
    found: dict[str, dict[str, str]] = {
        "": {key: key for key in wanted.pop("", ())},
        _UNIT: _units(wanted.pop(_UNIT, ())),
    }
    rows = [_called(kind, values) for kind, values in wanted.items() if values]
    for kind in wanted:
        found[kind] = {}
    for key, label, kind in rows[0].union(*rows[1:], all=True) if rows else ():
        found[kind][key] = label
    return found


def _called(kind: str, keys: Iterable[str]) -> QuerySet[Any, Any]:
    things, key, label = _NAMED[kind]
    said = things().filter(**{f"{key}__in": list(keys)}).order_by()
    rows: QuerySet[Any, Any] = said.annotate(of_kind=Value(kind, CharField())).values_list(key, label, "of_kind")
    return rows


def _units(keys: Iterable[str]) -> dict[str, str]:
    """A unit says what it is part of: many repositories have a fond 45.

    That it is a fond is the facet's to say, in the language of the page.
    """
    if not (wanted := list(keys)):
        return {}
    units = ArchivalUnit.objects.select_related("parent").filter(identifier__in=wanted).order_by()
    return {unit.identifier: ", ".join(each.name for each in (unit.parent, unit) if each) for unit in units}


def _values(buckets: list[dict[str, Any]], labels: Mapping[str, str]) -> tuple[Counted, ...]:
    return tuple(Counted(b["key"], labels[b["key"]], int(b["doc_count"])) for b in buckets if b["key"] in labels)


def _histogram(counts: dict[str, Any]) -> Histogram:
    years = {int(b["key"]): int(b["doc_count"]) for b in counts["year"]["buckets"]}
    if years and max(years) - min(years) > 2:
        return Histogram("year", tuple((f"{year:04}", count) for year, count in sorted(years.items())))
    months = {int(b["key"]): int(b["doc_count"]) for b in counts["month"]["buckets"]}
    return Histogram("month", tuple((f"{m // 12:04}-{m % 12 + 1:02}", n) for m, n in sorted(months.items())))
