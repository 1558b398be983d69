"""Searching by the API: the query language, facets and orders of the pages, over the same index.

``archive.search`` can be left out, so it is imported where it is used; without it there are no such parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from archive.api import problems
from archive.api.paging import public_address

if TYPE_CHECKING:
    from archive.search.query import Facet, Results
    from archive.search.syntax import Node

#: Facets by the name they have here, and in the index.
FACETS = {
    "person": "person",
    "place": "place",
    "subject": "topic",
    "type": "type",
    "language": "spoken",
    "original_language": "original",
    "fond": "in_fond",
    "collection": "collection",
    "has": "has",
}
#: A facet too, of years or months; there is nothing to narrow by but ``date_from`` and ``date_to``.
DATE = "date"
ORDERS = ("relevance", "oldest", "newest", "added")
#: What makes a list a search; the other filters hold in both.
PARAMETERS = ("q", "order", "facets", "fond", "has")
#: Filters that are facets of the index with the same values.
_NARROWING = ("person", "place", "subject", "type", "collection")
_LETTERS = 10_000

SAID = [
    OpenApiParameter(
        "q",
        str,
        description="A query in the language of the search page: words, “phrases”, AND, OR, NOT, `from:roshchin`, "
        "`date:1950-10..1951-02`, `fond:45`. With it, `results` have excerpts, and the page a `total`.",
    ),
    OpenApiParameter("order", str, enum=ORDERS, description="`relevance` with a query, else `newest`, unless you say."),
    OpenApiParameter(
        "facets",
        str,
        description=f"Facets to count, with commas between: {', '.join((*FACETS, DATE))}.",
    ),
    OpenApiParameter("fond", str, description="Documents in the fond (a unit) with this identifier."),
    OpenApiParameter("has", str, enum=["scan", "text", "translation"], description="Documents that have this."),
]


@dataclass(frozen=True, slots=True)
class Searched:
    """One page of what was found: primary keys in their order, excerpts by primary key, and what stands beside."""

    keys: Sequence[int]
    excerpts: Mapping[int, list[dict[str, Any]]]
    beside: dict[str, Any]


def parameters() -> tuple[str, ...]:
    """The parameters of a search, where the site has one."""
    return PARAMETERS if apps.is_installed("archive.search") else ()


def asked_for(request: Request) -> bool:
    """Whether a request is a search."""
    return any(name in request.query_params for name in parameters())


def searched(request: Request, filters: Mapping[str, Any], size: int) -> Searched:
    """What a search finds, within the filters of the list; ``filters`` are their clean values.

    :raises Invalid: the query cannot be understood; it says where.
    :raises ValidationError: naming another parameter that is wrong.
    :raises Unavailable: there is no index to ask.
    """
    from archive.search.query import CursorError, QueryError, Sort, search
    from archive.search.syntax.fields import THINGS

    given = request.query_params
    typed, order = given.get("q", ""), given.get("order", "relevance" if given.get("q") else "newest")
    if order not in ORDERS:
        raise ValidationError({"order": [f"There is no such order. There are: {', '.join(ORDERS)}."]})
    if given.get("has", THINGS[0]) not in THINGS:
        raise ValidationError({"has": [f"There is no such thing. There are: {', '.join(THINGS)}."]})
    facets = _facets_of(given.get("facets", ""))
    try:
        results = search(
            typed[:_LETTERS],
            narrowed=_narrowed(given, filters),
            also=_conditions(filters),
            sort=Sort.of(order),
            limit=size,
            cursor=given.get("cursor", ""),
            facets=[FACETS[name] for name in facets if name in FACETS] or (["has"] if DATE in facets else []),
        )
    except QueryError as trouble:
        raise problems.Invalid(
            [{"parameter": "q", "detail": trouble.message, "start": trouble.start, "end": trouble.end}]
        ) from trouble
    except CursorError as trouble:
        raise ValidationError({"cursor": [str(trouble)]}) from trouble
    if results.unavailable:
        raise problems.Unavailable("There is no index yet that could be asked. Try again in a while.")
    return Searched(
        [each.key for each in results.found],
        {each.key: [_excerpt(snippet) for snippet in each.snippets] for each in results.found},
        _beside(request, results, facets),
    )


def _facets_of(said: str) -> list[str]:
    names = [name for name in said.split(",") if name]
    if unknown := [name for name in names if name not in FACETS and name != DATE]:
        there = ", ".join((*FACETS, DATE))
        raise ValidationError({"facets": [f"There is no facet {name!r}. There are: {there}." for name in unknown]})
    return names


def _narrowed(given: Mapping[str, Any], filters: Mapping[str, Any]) -> dict[str, list[str]]:
    values = {name: filters.get(name) for name in _NARROWING} | {n: given.get(n) for n in ("fond", "has")}
    return {FACETS[name]: [str(value)] for name, value in values.items() if value}


def _conditions(filters: Mapping[str, Any]) -> list[Node]:
    """The filters that are no facets, as the index knows them. An order alone asks for everything."""
    from archive.search.syntax import Dates, Everything, Has, Or

    found: list[Node] = [
        Has(column, str(filters[name]).casefold())
        for name, column in (("language", "language"), ("original_language", "original"))
        if filters.get(name)
    ]
    if filters.get("unit"):
        found.append(Has("unit", filters["unit"]))
    if filters.get("concept"):
        found.append(Or((Has("topic", filters["concept"]), Has("type", filters["concept"]))))
    if filters.get("date_from") or filters.get("date_to"):
        found.append(Dates(filters.get("date_from"), filters.get("date_to")))
    return found or [Everything()]


def _excerpt(snippet: Any) -> dict[str, Any]:
    return {
        "field": snippet.field,
        "language": snippet.language,
        "parts": [{"text": part.text, "hit": part.hit} for part in snippet.parts],
    }


def _beside(request: Request, results: Results, facets: Sequence[str]) -> dict[str, Any]:
    address = public_address(request)
    return {
        "next": replace_query_param(address, "cursor", results.cursor) if results.cursor else None,
        "previous": None,
        "total": results.total,
        "suggestion": results.suggestion,
        "facets": [_counted(name, results) for name in facets],
    }


def _counted(name: str, results: Results) -> dict[str, Any]:
    if name == DATE:
        bars = results.histogram.bars if results.histogram else ()
        return {"name": DATE, "values": [{"value": d, "label": d, "count": n} for d, n in bars]}
    found: Facet | None = next((each for each in results.facets if each.name == FACETS[name]), None)
    values = found.values if found else ()
    return {"name": name, "values": [{"value": v.value, "label": v.label, "count": v.count} for v in values]}
