"""People: an index of those whom public documents name, by letter, with the number of these documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from archive.models import Agent
from archive.models.agent import FILED_UNDER, INITIAL
from archive.naming import public_counts, publicly_named
from archive.web.browsing.letters import Letter, letters
from archive.web.responses import page

#: Names on one page.
PART = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in the index."""

    identifier: str
    name: str
    kind: str
    dates: str
    count: int


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """One page of the index: of a letter, or of all; ``after`` is whom the page before ended with."""
    known = letters(initials())
    letter = next((each for each in known if each.heading == request.GET.get("letter")), None)
    found = _after(_filed(letter), request.GET.get("after", ""))
    shown = list(found[: PART + 1])
    entries = _entries(shown[:PART])
    context = {
        "letters": known,
        "letter": letter.heading if letter else "",
        "entries": entries,
        "after": entries[-1].identifier if len(shown) > PART else "",
        "begun": bool(request.GET.get("after")),
    }
    return page(request, "archive_web/people.html", context)


def initials() -> list[str]:
    """The first letters of all who are in the index, from letter to letter along the index of the database."""
    first, none = _first(Agent.objects.annotate(initial=INITIAL).filter(initial__gt=Value("")))
    here = RawSQL("walk.initial", [], CharField())
    further, _ = _first(Agent.objects.annotate(initial=INITIAL).filter(initial__gt=here))
    named = publicly_named(Agent.objects.current().order_by()).alias(initial=INITIAL).filter(initial=here)
    exists, parameters = named.values("pk").query.sql_with_params()
    statement = (
        f"WITH RECURSIVE walk(initial) AS (SELECT * FROM ({first}) AS first UNION ALL"  # noqa: S608
        f" SELECT ({further}) FROM walk WHERE walk.initial IS NOT NULL)"
        f" SELECT initial FROM walk WHERE initial IS NOT NULL AND EXISTS ({exists})"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*none, *parameters])
        return [row[0] for row in cursor.fetchall()]


def _first(agents: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """A query for the first initial among some agents."""
    return agents.order_by("initial").values("initial")[:1].query.sql_with_params()


def _filed(letter: Letter | None) -> QuerySet[Any]:
    found = publicly_named(Agent.objects.current()).annotate(initial=INITIAL, filed=FILED_UNDER)
    found = found.order_by("initial", "filed", "pk")
    narrowed: QuerySet[Any] = found.filter(initial__in=letter.initials) if letter else found
    return narrowed


def _after(found: QuerySet[Any], identifier: str) -> QuerySet[Any]:
    """Those that follow somebody who is in the index; all of them, if nobody of that name is."""
    last = found.filter(identifier=identifier).first() if identifier and "\0" not in identifier else None
    if last is None:
        return found
    beyond = Q(initial__gt=last.initial) | Q(filed__gt=last.filed) | Q(filed=last.filed, pk__gt=last.pk)
    return found.filter(beyond, initial__gte=last.initial)


def _entries(shown: list[Agent]) -> list[Entry]:
    counts = public_counts(Agent, [each.pk for each in shown])
    return [
        Entry(
            each.identifier,
            each.sort_name or each.name,
            str(each.get_kind_display()) if each.kind != Agent.Kind.UNKNOWN else "",
            each.dates,
            counts.get(each.pk, 0),
        )
        for each in shown
    ]
