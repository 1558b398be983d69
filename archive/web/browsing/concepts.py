"""Concepts: those that public documents are about, or are of the kind of, scheme by scheme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from archive import schema_org, uris
from archive.models import Concept, ConceptScheme, Kind
from archive.naming import public_counts, publicly_named
from archive.serving import open_to_all
from archive.web.forms import answered
from archive.web.panels import Link
from archive.web.responses import not_found, page

#: Concepts of one scheme on its own page.
PART = 200
#: Concepts of all schemes on the page of them all: the first of each.
FIRST, SCHEMES = 24, 40


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept in a list."""

    identifier: str
    name: str
    notation: str
    count: int


@require_safe
def concepts(request: HttpRequest) -> HttpResponse:
    """The schemes with the first concepts of each."""
    place = Window(RowNumber(), partition_by="scheme", order_by=["name", "pk"])
    # One more than is shown, to know whether there are more.
    first = _public().alias(place=place).filter(place__lte=FIRST + 1).order_by("scheme__title", "scheme", "name", "pk")
    found = [(scheme, list(group)) for scheme, group in groupby(first, key=lambda each: each.scheme)][:SCHEMES]
    counts = public_counts(Concept, [each.pk for _, group in found for each in group])
    shown = [(scheme, _entries(group[:FIRST], counts), len(group) > FIRST) for scheme, group in found]
    return page(request, "archive_web/concepts.html", {"schemes": shown})


@open_to_all
def scheme(request: HttpRequest, slug: str, extension: str = "") -> HttpResponseBase:
    """A scheme in one of its forms; its page has the concepts that public documents name, some at a time."""
    found = ConceptScheme.objects.filter(slug=slug).first()
    listed = list(_after(_public().filter(scheme=found), request.GET.get("after", ""))[: PART + 1])
    if found is None or not listed:
        return not_found(request)
    uri = uris.scheme(slug)

    def shown(forms: list[Link]) -> HttpResponse:
        entries = _entries(listed[:PART], public_counts(Concept, [each.pk for each in listed]))
        context = {
            "scheme": found,
            "uri": uri,
            "forms": forms,
            "schema": schema_org.thing("DefinedTermSet", uri, found.title, description=found.description),
            "entries": entries,
            "after": entries[-1].identifier if len(listed) > PART else "",
            "begun": bool(request.GET.get("after")),
        }
        return page(request, "archive_web/scheme.html", context)

    return answered(request, Kind.SCHEME, slug, uri, extension, shown)


def _public() -> QuerySet[Concept]:
    return publicly_named(Concept.objects.current()).select_related("scheme").order_by("name", "pk")


def _after(found: QuerySet[Concept], identifier: str) -> QuerySet[Concept]:
    last = found.filter(identifier=identifier).first() if identifier and "\0" not in identifier else None
    return found.filter(Q(name__gt=last.name) | Q(pk__gt=last.pk), name__gte=last.name) if last else found


def _entries(shown: Sequence[Concept], counts: dict[int, int]) -> list[Entry]:
    return [Entry(each.identifier, each.name, each.notation, counts.get(each.pk, 0)) for each in shown]
