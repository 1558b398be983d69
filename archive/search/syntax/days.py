"""Days: what a date in a query spans. A year is all its days; a range has two dots, or the slash of EDTF."""

from __future__ import annotations

import calendar
import re
from datetime import date

from archive.search.syntax.query import Dates
from archive.search.syntax.trouble import QueryError

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_FORMS = "Write a date as 1950, 1950-10 or 1950-10-13, and a range as 1950-10..1951-02"


def dates(value: str, start: int) -> Dates:
    """The days of a value that stands at ``start`` of what was typed.

    :raises QueryError: where it is no date, or a range ends before it begins.
    """
    end = start + len(value)
    first, separator, last = value.partition("..") if ".." in value else value.partition("/")
    if not separator:
        return Dates(*_span(value, start))
    if not first.strip(".") and not last.strip("."):
        raise QueryError(f"A range needs a beginning or an end. {_FORMS}.", start, end)
    begin = _span(first, start)[0] if first.strip(".") else None
    finish = _span(last, end - len(last))[1] if last.strip(".") else None
    if begin and finish and begin > finish:
        raise QueryError(f"The range ends on {finish} before it begins on {begin}.", start, end)
    return Dates(begin, finish)


def _span(value: str, start: int) -> tuple[date, date]:
    found = _DATE.fullmatch(value)
    if not found:
        raise QueryError(f"{value!r} is no date. {_FORMS}.", start, start + len(value))
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_day = day or calendar.monthrange(first.year, month or 12)[1]
        return first, date(first.year, month or 12, last_day)
    except ValueError as error:
        raise QueryError(f"There is no day {value}: {error}.", start, start + len(value)) from error
