"""Days: what a date in a query spans. A year is all its days; a range has two dots, or the slash of EDTF."""

from __future__ import annotations

import calendar
import re
from datetime import date

from django.utils.translation import gettext as _

from archive.search.syntax.query import Dates
from archive.search.syntax.trouble import QueryError

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def dates(value: str, start: int) -> Dates:
    """The days of a value that stands at ``start`` of what was typed.

    :raises QueryError: where it is no date, or a range ends before it begins.
    """
    end = start + len(value)
    first, separator, last = value.partition("..") if ".." in value else value.partition("/")
    if not separator:
        return Dates(*_span(value, start))
    if not first.strip(".") and not last.strip("."):
        raise QueryError(f"{_('A range needs a beginning or an end.')} {_forms()}", start, end)
    begin = _span(first, start)[0] if first.strip(".") else None
    finish = _span(last, end - len(last))[1] if last.strip(".") else None
    if begin and finish and begin > finish:
        message = _("The range ends on %(last)s before it begins on %(first)s.")
        raise QueryError(message % {"last": finish, "first": begin}, start, end)
    return Dates(begin, finish)


def _span(value: str, start: int) -> tuple[date, date]:
    found = _DATE.fullmatch(value)
    if not found:
        message = _("“%(value)s” is no date.") % {"value": value}
        raise QueryError(f"{message} {_forms()}", start, start + len(value))
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_day = day or calendar.monthrange(first.year, month or 12)[1]
        return first, date(first.year, month or 12, last_day)
    except ValueError as error:
        message = _("There is no day %(value)s.") % {"value": value}
        raise QueryError(message, start, start + len(value)) from error


def _forms() -> str:
    return _("Write a date as 1950, 1950-10 or 1950-10-13, and a range as 1950-10..1951-02.")
