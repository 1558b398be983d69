"""Dates in words, in the language of the page: what EDTF says of a day, a month, a year, and of the time between two.

``1950-03-05/1950-03-06`` is 5–6 March 1950, and ``1903-05-01?/1903-05-31?`` is May 1903, perhaps. What is rarer than
that (sets, seasons, years before 1000) stays as it is: whoever writes it can read it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.translation import gettext, pgettext

_MOMENT = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)(?:T(?P<time>\d\d:\d\d)(?::\d\d)?)?)?)?(?P<sure>[?~%]?)"
)
#: A decade of which the year is not known, and a century (ISO 8601-2, unspecified digits).
_DECADE = re.compile(r"(?P<decade>\d{3})X")


@dataclass(frozen=True, slots=True)
class _Moment:
    """One end of an interval, or a date by itself; ``sure`` is its qualifier, such as ``?``."""

    year: int
    month: int
    day: int
    time: str
    sure: str


def in_words(edtf: str) -> str:
    """A date for reading: ``1950-10-14T01:38`` is 14 October 1950, 01:38. What is not understood stays as it is."""
    start, slash, end = edtf.partition("/")
    if slash:
        return _interval(start, end) or edtf
    if decade := _DECADE.fullmatch(edtf):
        return gettext("%(year)ss") % {"year": decade["decade"] + "0"}
    moment = _moment(edtf)
    return _qualified(_written(moment), moment.sure) if moment else edtf


def day_in_words(value: date) -> str:
    """A day in the order in which the language has year, month and day."""
    return formats.date_format(value, _day_format())


def _moment(edtf: str) -> _Moment | None:
    match = _MOMENT.fullmatch(edtf)
    if match is None:
        return None
    # The day of an unknown month tells nothing that can be read.
    month = int(match["month"]) if match["month"] not in (None, "XX") else 0
    day = int(match["day"]) if month and match["day"] not in (None, "XX") else 0
    try:
        date(int(match["year"]), month or 1, day or 1)
    except ValueError:
        return None
    return _Moment(int(match["year"]), month, day, match["time"] or "", match["sure"])


def _written(moment: _Moment) -> str:
    if not moment.month:
        return f"{moment.year:04}"
    whole = date(moment.year, moment.month, moment.day or 1)
    if not moment.day:
        return formats.date_format(whole, pgettext("format of a month", "F Y"))
    return f"{day_in_words(whole)}, {moment.time}" if moment.time else day_in_words(whole)


def _qualified(written: str, sure: str) -> str:
    """What EDTF says by a sign after the date: uncertain, approximate, or both."""
    if sure == "?":
        return gettext("%(date)s, perhaps") % {"date": written}
    if sure in ("~", "%"):
        return gettext("about %(date)s") % {"date": written}
    return written


def _interval(start: str, end: str) -> str:
    """The time between two dates; empty where one of them is not understood."""
    first, last = _moment(start), _moment(end)
    if first and last:
        sure = first.sure if first.sure == last.sure else ""
        if whole := _as_one(first, last):
            return _qualified(whole, sure)
        if sure == first.sure == last.sure and sure:
            return _qualified(f"{_written(first)} – {_written(last)}", sure)
        return f"{_qualified(_written(first), first.sure)} – {_qualified(_written(last), last.sure)}"
    if first and end in ("", ".."):
        return gettext("from %(date)s on") % {"date": _qualified(_written(first), first.sure)}
    if last and start in ("", ".."):
        return gettext("until %(date)s") % {"date": _qualified(_written(last), last.sure)}
    return ""


def _as_one(first: _Moment, last: _Moment) -> str:
    """Two ends that make a whole month or year, or are days of one month; empty where they do not."""
    if first.sure != last.sure or not (first.day and last.day) or first.time or last.time or first.year != last.year:
        return ""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year:04}"
    if first.month != last.month:
        return ""
    if (first.day, last.day) == (1, monthrange(last.year, last.month)[1]):
        return _written(_Moment(first.year, first.month, 0, "", ""))
    # 5–6 March 1950, where the language puts the day first.
    return f"{first.day}–{_written(last)}" if _day_format().startswith("j ") else ""


def _day_format() -> str:
    return pgettext("format of a day", "j F Y")
