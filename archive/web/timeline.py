"""Timeline: how many public documents begin in each year or month, as bars that lead to the search of these dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, Count, Func
from django.urls import reverse
from django.utils import formats

from archive.models import Document
from archive.web.finding import searchable

#: Bars that are still told apart; more years become decades, and so few years become months.
MOST_YEARS, MONTHS_OF_YEARS = 90, 3


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

    @property
    def top(self) -> int:
        """How far below the top of the drawing it begins."""
        return 100 - self.height


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars from the first period to the last, with none left out."""

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
    return _by_decade(months, first, last) if last - first >= MOST_YEARS else _by_year(months, first, last)


def _by_month(months: dict[str, int]) -> Timeline | None:
    start, end = _number(min(months)), _number(max(months))
    if start == end:
        return None
    counts = {f"{number // 12:04}-{number % 12 + 1:02}": 0 for number in range(start, end + 1)} | months
    named = [(written, formats.date_format(date(*_parts(written), 1), "F Y"), written) for written in sorted(counts)]
    return Timeline(_bars(named, counts, every=1 if len(counts) <= 12 else 3, short=True), "month")


def _by_year(months: dict[str, int], first: int, last: int) -> Timeline:
    counts: Counter[str] = Counter({f"{year:04}": 0 for year in range(first, last + 1)})
    for written, count in months.items():
        counts[written[:4]] += count
    every = next(step for step in (1, 2, 5, 10) if len(counts) / step <= 18)
    return Timeline(_bars([(each, str(int(each)), each) for each in sorted(counts)], counts, every=every), "year")


def _by_decade(months: dict[str, int], first: int, last: int) -> Timeline:
    counts: Counter[str] = Counter({f"{year:04}": 0 for year in range(first // 10 * 10, last + 1, 10)})
    for written, count in months.items():
        counts[f"{written[:3]}0"] += count
    named = [(each, f"{int(each)}–{int(each) + 9}", f"{each}..{int(each) + 9:04}") for each in sorted(counts)]
    every = next(step for step in (1, 2, 5, 10, 50) if len(counts) / step <= 18)
    return Timeline(_bars(named, counts, every=every), "decade")


def _bars(
    named: Sequence[tuple[str, str, str]], counts: dict[str, int], *, every: int, short: bool = False
) -> list[Bar]:
    """A bar for each of (key, name, date), with a label at every so many."""
    most = max(counts.values())
    return [
        Bar(
            name=name,
            count=counts[key],
            # What is there can be seen, however small.
            height=max(2, round(100 * counts[key] / most)) if counts[key] else 0,
            address=_address(written) if counts[key] else "",
            label=(formats.date_format(date(*_parts(key), 1), "M y") if short else str(int(key)))
            if (place if short else int(key)) % every == 0
            else "",
        )
        for place, (key, name, written) in enumerate(named)
    ]


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
