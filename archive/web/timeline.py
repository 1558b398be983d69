"""Timeline: how many public documents begin in each year or month, as bars that lead to the search of these dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, Func
from django.urls import reverse
from django.utils import formats
from django.utils.translation import pgettext

from archive.models import Document
from archive.web.finding import searchable

#: Bars that are still told apart; more years become decades, and so few years become months.
MOST_YEARS, MONTHS_OF_YEARS = 60, 3
#: Empty years, or decades, of which so many in a row are one gap.
GAP = 3


class Beginning(Func):
    """The first characters of a day as ISO 8601 writes it: four for the year, seven with the month, ten for the day."""

    output_field = CharField()

    def __init__(self, column: str, length: int) -> None:
        super().__init__(column, template=f"SUBSTR(%(expressions)s, 1, {int(length)})")
        self.length = int(length)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL has days, and SQLite has texts."""
        template = f"SUBSTR(TO_CHAR(%(expressions)s, 'YYYY-MM-DD'), 1, {self.length})"
        return self.as_sql(compiler, connection, template=template, **context)


@dataclass(frozen=True, slots=True)
class Bar:
    """A year, a decade or a month: how many documents begin then, and how high it stands, in hundredths."""

    name: str
    count: int
    height: int
    address: str
    #: What is written below it; not below each, where there are many.
    label: str
    #: Not one period, but several in which nothing is.
    gap: bool = False

    @property
    def top(self) -> int:
        """How far below the top of the drawing it begins."""
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars from the first period to the last; where nothing is for long, there is a gap."""

    bars: Sequence[Bar]
    by: str


def timeline() -> Timeline | None:
    """The timeline of all public documents with a date; None where they are of one period or have none."""
    dated = Document.objects.public().filter(date_earliest__isnull=False).order_by()
    rows = dated.annotate(first=Beginning("date_earliest", 7)).values_list("first").annotate(Count("pk"))
    months = dict(rows)
    if not months:
        return None
    first, last = int(min(months)[:4]), int(max(months)[:4])
    if last - first < MONTHS_OF_YEARS:
        return _by_month(months)
    years = _counted(months, range(first, last + 1), 4)
    shown = list(_with_gaps(years))
    if len(shown) > MOST_YEARS:
        return _by_decade(months, first, last)
    return Timeline(_bars(shown, years, name=_year, written=str, label=_year, number=int), "year")


def _by_month(months: dict[str, int]) -> Timeline | None:
    start, end = _number(min(months)), _number(max(months))
    if start == end:
        return None
    counts = {f"{number // 12:04}-{number % 12 + 1:02}": 0 for number in range(start, end + 1)} | months
    bars = _bars(
        sorted(counts),
        counts,
        name=lambda key: formats.date_format(date(*_parts(key), 1), pgettext("format of a month", "F Y")),
        written=str,
        label=lambda key: formats.date_format(date(*_parts(key), 1), pgettext("format of a short month", "M y")),
        number=_number,
        every=1 if len(counts) <= 12 else 3,
    )
    return Timeline(bars, "month")


def _by_decade(months: dict[str, int], first: int, last: int) -> Timeline:
    decades = _counted(months, range(first // 10, last // 10 + 1), 3)
    bars = _bars(
        list(_with_gaps(decades)),
        decades,
        name=lambda key: f"{int(key) * 10}–{int(key) * 10 + 9}",
        written=lambda key: f"{key}0..{key}9",
        label=lambda key: str(int(key) * 10),
        number=int,
    )
    return Timeline(bars, "decade")


def _counted(months: dict[str, int], periods: range, length: int) -> dict[str, int]:
    """How many documents begin in each period that the first ``length`` digits of a year name."""
    counts: Counter[str] = Counter({f"{period:0{length}}": 0 for period in periods})
    for written, count in months.items():
        counts[written[:length]] += count
    return counts


def _with_gaps(counts: dict[str, int]) -> Iterator[str]:
    """The periods in their order, and an empty word in place of several in which nothing is."""
    for empty, group in groupby(sorted(counts), key=lambda key: not counts[key]):
        keys = list(group)
        yield from [""] if empty and len(keys) >= GAP else keys


def _bars(
    keys: Sequence[str],
    counts: dict[str, int],
    *,
    name: Callable[[str], str],
    written: Callable[[str], str],
    label: Callable[[str], str],
    number: Callable[[str], int],
    every: int = 0,
) -> list[Bar]:
    """A bar for each key. Every so many are labelled, and the first after a gap, wherever there is room."""
    most, labelled = max(counts.values()), -9
    apart = 2 if len(keys) > 18 else 1
    every = every or next(step for step in (1, 2, 5, 10, 20, 50, 100) if len(keys) / step <= 18)
    bars = []
    for place, key in enumerate(keys):
        if not key:
            bars.append(Bar("", 0, 0, "", "…", gap=True))
            continue
        begins = place == 0 or not keys[place - 1]
        wanted = (begins or number(key) % every == 0) and place - labelled >= apart
        labelled = place if wanted else labelled
        count = counts[key]
        # What is there can be seen, however small.
        height = max(2, round(100 * count / most)) if count else 0
        bars.append(
            Bar(name(key), count, height, _address(written(key)) if count else "", label(key) if wanted else "")
        )
    return bars


def _year(key: str) -> str:
    return str(int(key))


def _address(written: str) -> str:
    """Where the documents of a date are: found by the search, or else listed."""
    if searchable():
        return f"{reverse('archive_web:documents')}?{urlencode({'q': f'date:{written}'})}"
    return reverse("archive_web:dates") + ("" if ".." in written else written)


def _number(month: str) -> int:
    year, number = _parts(month)
    return year * 12 + number - 1


def _parts(month: str) -> tuple[int, int]:
    return int(month[:4]), int(month[5:7])
