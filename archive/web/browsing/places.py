"""Places: those that public documents name, on a map that this site draws itself, and in a list beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.models import Place
from archive.naming import public_counts, publicly_named
from archive.web.maps import Box, Map, Point, drawn
from archive.web.responses import page

#: Places in one part of the list, and on the map.
PART, MAPPED = 100, 1500
#: Degrees from west to east on the map around one place: enough to know the coast again.
REGION = 60.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A place in the list."""

    identifier: str
    name: str
    mapped: bool
    count: int


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """The map, and a page of the list; ``box`` is a part of the world, ``after`` what the page before ended with."""
    box = Box.of(request.GET.get("box", ""))
    found = _in(box)
    listed = list(_after(found, request.GET.get("after", ""))[: PART + 1])
    entries = _entries(listed[:PART])
    context = {
        "map": _map(found, box),
        "box": str(box) if box else "",
        "entries": entries,
        "after": entries[-1].identifier if len(listed) > PART else "",
        "begun": bool(request.GET.get("after")),
    }
    return page(request, "archive_web/places.html", context)


def one_on_the_map(place: Place) -> Map | None:
    """The map around one place; None where nobody knows where it lies."""
    if place.latitude is None:
        return None
    point = Point(place.name, "", *_degrees(place))
    return drawn([point], Box.around([point], across=REGION))


def _in(box: Box | None) -> QuerySet[Place]:
    """The public places in a part of the world, or in all of it and nowhere."""
    found = publicly_named(Place.objects.current()).order_by("name", "pk")
    if box is None:
        return found
    return found.filter(longitude__range=(box.west, box.east), latitude__range=(box.south, box.north))


def _after(found: QuerySet[Place], identifier: str) -> QuerySet[Place]:
    last = found.filter(identifier=identifier).first() if identifier and "\0" not in identifier else None
    return found.filter(Q(name__gt=last.name) | Q(pk__gt=last.pk), name__gte=last.name) if last else found


def _map(found: QuerySet[Place], box: Box | None) -> Map | None:
    rows = list(found.filter(latitude__isnull=False)[:MAPPED])
    counts = public_counts(Place, [each.pk for each in rows])
    points = [
        Point(each.name, reverse("archive_web:place", args=[each.identifier]), *_degrees(each), counts.get(each.pk, 0))
        for each in rows
    ]
    return drawn(points, box or Box.around(points)) if points else None


def _degrees(place: Place) -> tuple[float, float]:
    """Longitude and latitude of a place that has them: both or neither, as the database sees to."""
    return float(place.longitude or 0), float(place.latitude or 0)


def _entries(shown: list[Place]) -> list[Entry]:
    counts = public_counts(Place, [each.pk for each in shown])
    return [Entry(each.identifier, each.name, each.latitude is not None, counts.get(each.pk, 0)) for each in shown]
