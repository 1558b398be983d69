"""Dates: years, the months of a year, the days of a month, each with the number of public documents from then.

A document counts where all days that its date can mean lie: one of "October 1950" in that year and that month, and on
no day; one of "1950 or 1951" in neither year.
"""

from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import formats
from django.views.decorators.http import require_safe

from archive.models import Document
from archive.models.document import DocumentQuerySet
from archive.web import finding
from archive.web.finding import searchable
from archive.web.responses import not_found, page, page_number
from archive.web.timeline import Beginning, timeline

YEAR, MONTH, DAY = 4, 7, 10


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month or a day with so many documents; ``written`` is its date in EDTF."""

    written: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Span:
    """What an address names: from the first to the last of its days."""

    written: str
    first: date
    last: date

    @classmethod
    def of(cls, year: int, month: int | None, day: int | None) -> Span | None:
        """The days of a year, a month, or a day; None where there is no such day."""
        try:
            first = date(year, month or 1, day or 1)
        except ValueError:
            return None
        if day:
            return cls(first.isoformat(), first, first)
        if month:
            return cls(f"{year:04}-{month:02}", first, date(year, month, calendar.monthrange(year, month)[1]))
        return cls(f"{year:04}", first, date(year, 12, 31))


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """All years from which there is something."""
    counts = _counted(Document.objects.public(), YEAR)
    undated = Document.objects.public().filter(date_earliest__isnull=True, date_latest__isnull=True).count()
    return page(
        request, "archive_web/years.html", {"years": _periods(counts), "timeline": timeline(), "undated": undated}
    )


@require_safe
def period(request: HttpRequest, year: str, month: str = "", day: str = "") -> HttpResponse:
    """A year with its months, a month with its days, or a day; with the documents from then. 404 for any other."""
    span = Span.of(int(year), int(month) if month else None, int(day) if day else None)
    if span is None:
        return not_found(request)
    documents = Document.objects.public().filter(date_earliest__gte=span.first, date_latest__lte=span.last)
    context = {
        "written": span.written,
        "above": [span.written[:length] for length in (YEAR, MONTH) if length < len(span.written)],
        "months": _months(span, documents) if not month else [],
        "weeks": _weeks(span, documents) if month and not day else [],
        "weekdays": _weekdays(),
        "before": _beside(span, -1),
        "after": _beside(span, 1),
        "listing": finding.listed(documents.order_by("date_earliest", "pk"), page_number(request)),
        "query": f"date:{span.written}" if searchable() else "",
    }
    return page(request, "archive_web/period.html", context)


def _counted(documents: DocumentQuerySet, length: int) -> dict[str, int]:
    """How many documents are from each year, month or day, by the first ``length`` characters of its date."""
    rows = (
        documents.filter(date_earliest__isnull=False, date_latest__isnull=False)
        .order_by()
        .annotate(first=Beginning("date_earliest", length), last=Beginning("date_latest", length))
        .values_list("first", "last")
        .annotate(Count("pk"))
    )
    counts: Counter[str] = Counter()
    for first, last, count in rows:
        if first == last:
            counts[first] += count
    return counts


def _periods(counts: dict[str, int]) -> list[Period]:
    return [Period(written, str(int(written)), counts[written]) for written in sorted(counts)]


def _months(span: Span, documents: DocumentQuerySet) -> list[Period]:
    counts = _counted(documents, MONTH)
    months = [(f"{span.written}-{month:02}", date(span.first.year, month, 1)) for month in range(1, 13)]
    return [Period(written, formats.date_format(first, "F"), counts.get(written, 0)) for written, first in months]


def _weeks(span: Span, documents: DocumentQuerySet) -> list[list[Period | None]]:
    """The calendar of a month: seven days in each week, None where a day is of another month."""
    counts = _counted(documents, DAY)
    # Django counts from Sunday, the calendar from Monday.
    weeks = calendar.Calendar((formats.get_format("FIRST_DAY_OF_WEEK") - 1) % 7)
    days = weeks.itermonthdays(span.first.year, span.first.month)
    cells = [
        Period(f"{span.written}-{day:02}", str(day), counts.get(f"{span.written}-{day:02}", 0)) if day else None
        for day in days
    ]
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def _weekdays() -> list[str]:
    """What the days of a week are called, from the one on which weeks begin here."""
    sunday = date(2023, 1, 1)
    first = formats.get_format("FIRST_DAY_OF_WEEK")
    return [formats.date_format(sunday + timedelta(days=(first + each) % 7), "D") for each in range(7)]


def _beside(span: Span, step: int) -> str:
    """The period of the same length before or after; empty beyond the calendar."""
    try:
        other = span.first - timedelta(days=1) if step < 0 else span.last + timedelta(days=1)
    except OverflowError:
        return ""
    return f"{other.year:04}-{other.month:02}-{other.day:02}"[: len(span.written)]
