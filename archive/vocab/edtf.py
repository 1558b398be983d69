"""What days an EDTF date can mean: ISO 8601-2:2019, levels 0 and 1, and the sets and qualifiers of level 2.

A bound is the first or the last day of the calendar that the date allows. Where the date itself is open
(``1950/..``) there is no bound. Years that a calendar day of Python cannot hold (``-0043``, ``Y17000``) are
moved to the nearest that it can.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, time
from functools import lru_cache

#: First and last day; None where the date is open on that side.
Bounds = tuple[date | None, date | None]

#: Meteorological seasons of the northern hemisphere: the first of their three months.
_SEASONS = {"21": 3, "22": 6, "23": 9, "24": 12}

_DATE = re.compile(
    r"""
    [?~%]? (?P<year> -?[0-9X]{4} | Y-?[1-9][0-9]{4,} ) [?~%]?
    (?: - [?~%]? (?P<month>[0-9X]{2}) [?~%]?
        (?: - [?~%]? (?P<day>[0-9X]{2}) [?~%]?
            (?: T (?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?) (?: Z | [+-][0-9]{2}(?: :[0-9]{2} )? )? )?
        )?
    )?
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> Bounds:
    """The first and the last day that the date allows; None for a side that is open.

    Of an interval, the first day of its start and the last of its end; of a set, those of its outermost
    members. Winter (season 24) runs from December into February of the next year.

    :raises ValueError: if the text is not EDTF, or names a day that no calendar has.
    """
    if edtf[:1] in ("[", "{"):
        return _bounds_of_set(edtf)
    if "/" in edtf:
        return _bounds_of_interval(edtf)
    return _bounds_of_date(edtf)


def _bounds_of_interval(edtf: str) -> Bounds:
    start, _, end = edtf.partition("/")
    if "/" in end or (start in ("", "..") and end in ("", "..")):
        raise ValueError(f"{edtf!r} is not an EDTF interval: it needs a start or an end, and one slash between them")
    earliest = None if start in ("", "..") else _bounds_of_date(start)[0]
    latest = None if end in ("", "..") else _bounds_of_date(end)[1]
    if earliest and latest and earliest > latest:
        raise ValueError(f"{edtf!r} is not an EDTF interval: it ends before it starts")
    return earliest, latest


def _bounds_of_set(edtf: str) -> Bounds:
    closing = {"[": "]", "{": "}"}[edtf[0]]
    if not edtf.endswith(closing):
        raise ValueError(f"{edtf!r} is not an EDTF set: it opens with {edtf[0]} and does not end with {closing}")
    members = [_bounds_of_member(member.strip()) for member in edtf[1:-1].split(",")]
    starts = [earliest for earliest, _ in members]
    ends = [latest for _, latest in members]
    return (
        None if None in starts else min(day for day in starts if day),
        None if None in ends else max(day for day in ends if day),
    )


def _bounds_of_member(member: str) -> Bounds:
    if ".." not in member:
        return _bounds_of_date(member)
    start, _, end = member.partition("..")
    if not start and not end:
        raise ValueError("'..' alone is not a member of an EDTF set")
    return (_bounds_of_date(start)[0] if start else None, _bounds_of_date(end)[1] if end else None)


def _bounds_of_date(edtf: str) -> Bounds:
    parts = _DATE.fullmatch(edtf)
    if parts is None:
        raise ValueError(f"{edtf!r} is not an EDTF date; write it like 1950, 1950-10, 1950-10-13, 195X or 1950?")
    year, month, day = parts["year"], parts["month"], parts["day"]
    if parts["time"]:
        _check_time(edtf, parts["time"])
    if year.startswith(("Y", "-")) or year == "0000":
        edge = date.min if "-" in year or year == "0000" else date.max
        return edge, edge
    if month in _SEASONS and day is None:
        return _bounds_of_season(edtf, year, _SEASONS[month])
    earliest = next(_days(year, month or "XX", day or "XX"), None)
    latest = next(_days(year, month or "XX", day or "XX", backwards=True), None)
    if earliest is None:
        raise ValueError(f"{edtf!r} names a day that no calendar has")
    return earliest, latest


def _check_time(edtf: str, words: str) -> None:
    try:
        time.fromisoformat(words)
    except ValueError:
        raise ValueError(f"{edtf!r} names a time that no clock shows") from None


def _bounds_of_season(edtf: str, year: str, first_month: int) -> Bounds:
    if "X" in year:
        raise ValueError(f"{edtf!r} is not an EDTF date: a season needs a whole year")
    start = date(int(year), first_month, 1)
    last_year, last_month = (start.year, first_month + 2) if first_month < 12 else (min(start.year + 1, 9999), 2)
    return start, date(last_year, last_month, calendar.monthrange(last_year, last_month)[1])


def _days(year: str, month: str, day: str, *, backwards: bool = False) -> Iterator[date]:
    """The days that fit the digits, X standing for any, in order or from the last."""
    step = -1 if backwards else 1
    for y in list(_fitting(year, range(1, 10_000)))[::step]:
        for m in list(_fitting(month, range(1, 13)))[::step]:
            for d in list(_fitting(day, range(1, calendar.monthrange(y, m)[1] + 1)))[::step]:
                yield date(y, m, d)


def _fitting(digits: str, numbers: range) -> Iterator[int]:
    if "X" not in digits:
        return (n for n in (int(digits),) if n in numbers)
    form = re.compile(digits.replace("X", "[0-9]"))
    return (n for n in numbers if form.fullmatch(f"{n:0{len(digits)}}"))
