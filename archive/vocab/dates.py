"""Dates and times as telegrams and web pages write them, read into EDTF.

Own patterns, for general date parsers guess: they take ``13.7.50`` for 2050 and fill a missing year from
the day they run on. Slashes are month/day/year, dots are day.month.year, and a Roman number is a month. What
the words leave out is taken from a date near by, and the reading says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from archive.vocab.edtf import Bounds, bounds

__all__ = ["DATE", "TIME", "Bounds", "Reading", "bounds", "read", "read_moment"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a date was read as.

    ``edtf`` is empty if the words have the form of a date and name no day there is. ``inferred`` says what was
    not in the words and where it came from; ``doubt`` what in them cannot be right.
    """

    edtf: str
    inferred: str = ""
    doubt: str = ""


_MONTHS = (
    ("january", "jan", "января"),
    ("february", "feb", "февраля"),
    ("march", "mar", "марта"),
    ("april", "apr", "апреля"),
    ("may", "may", "мая"),
    ("june", "jun", "июня"),
    ("july", "jul", "июля"),
    ("august", "aug", "августа"),
    ("september", "sept", "sep", "сентября"),
    ("october", "oct", "октября"),
    ("november", "nov", "ноября"),
    ("december", "dec", "декабря"),
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names} | {
    name: number for number, name in enumerate(_ROMAN, 1)
}

_MONTH = "(?:" + "|".join(sorted((n for names in _MONTHS for n in names), key=len, reverse=True)) + r")\b\.?"
_ROMAN_MONTH = "(?:" + "|".join(sorted(_ROMAN, key=len, reverse=True)) + ")"
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})"
#: White space is counted, so that the words of a date have an end.
_GAP = r"\s{1,9}"
#: Words that refer to the year in which they were written.
_THIS_YEAR = r"of\ (?:this|the\ current)\ year"

#: The forms, the longer before those that begin alike.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.VERBOSE)
    for form in (
        rf"(?P<month>{_MONTH}){_GAP}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:,?{_GAP}(?P<year>{_YEAR})|{_GAP}{_THIS_YEAR})?",
        rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?{_GAP}(?P<month>{_MONTH})(?:,?{_GAP}(?P<year>{_YEAR})|{_GAP}{_THIS_YEAR})?",
        rf"(?P<month>{_MONTH}),?{_GAP}(?P<year>{_YEAR})",
        rf"(?P<year>{_YEAR})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})",
        rf"(?P<day>[0-9]{{1,2}})\.\s?(?P<month>{_ROMAN_MONTH}|[0-9]{{1,2}})(?:\.\s?(?P<year>{_YEAR}|[0-9]{{2}}))?",
        rf"(?P<month>[0-9]{{1,2}})/(?P<day>[0-9]{{1,2}})(?:/(?P<year>{_YEAR}|[0-9]{{2}}))?",
        rf"(?P<year>{_YEAR})",
    )
)
_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})|\s+hours?(?:\s+(?P<minutes>[0-9]{1,2})\s+minutes?)?)"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?",
    re.IGNORECASE,
)


def _unnamed(form: re.Pattern[str]) -> str:
    verbose = "x" if form.flags & re.VERBOSE else ""
    return f"(?i{verbose}:{re.sub(r'[(][?]P<[a-z]+>', '(?:', form.pattern)})"


#: Any date, any time of day: pieces for the patterns of other modules.
DATE = r"(?<![\w./:])(?:" + "|".join(_unnamed(form) for form in _FORMS) + r")(?![\w/:]|\.[0-9])"
TIME = r"(?<![\w./:])(?:" + _unnamed(_CLOCK) + r")(?![\w:])"
_DATE_ANYWHERE = re.compile(DATE)
_TIME_ANYWHERE = re.compile(TIME)


def read(words: str, *, near: str = "") -> Reading | None:
    """The date that the words are; None if they do not have the form of one.

    ``near`` is the EDTF of a date from the same source. It gives the century to a two-figure year, and the
    year to a date without one: of the years around it, the one that comes nearest. Without it a two-figure
    year is one of the 1900s, and a date without year stays unread.
    """
    words = words.strip()
    parts = _parts_of(words)
    if parts is None:
        return None
    found = parts.groupdict()
    month, day = _month(found.get("month")), int(found["day"]) if found.get("day") else None
    year = found["year"]
    if year and len(year) == 4:
        return _checked(words, int(year), month, day)
    if year:
        return _checked(words, *_in_century(int(year), month, day, near))
    if month and day and _anchor(near):
        return _checked(words, *_in_year(month, day, near))
    return Reading("", doubt=f"“{words}” has no year, and no date near by tells it")


def _parts_of(words: str) -> re.Match[str] | None:
    """The words in the first form that they have."""
    for form in _FORMS:
        if match := form.fullmatch(words):
            return match
    return None


def read_moment(words: str, *, near: str = "") -> Reading | None:
    """The first date in the words, with the first time of day beside it; None if there is no date in them.

    Understands ``10/14/50 at 01:38 a.m.``, ``03:15 13.7.50``, ``20 hours 05 minutes, 13.1.1951``. A time that no
    clock shows is left out and doubted.
    """
    clock = _TIME_ANYWHERE.search(words)
    rest = words if clock is None else words[: clock.start()] + " " * len(clock[0]) + words[clock.end() :]
    found = _DATE_ANYWHERE.search(rest)
    day = read(found[0], near=near) if found else None
    if day is None or clock is None or day.edtf.count("-") != 2:
        return day
    of_day, doubt = _time(clock[0])
    doubt = "; ".join(each for each in (day.doubt, doubt) if each)
    return Reading(f"{day.edtf}T{of_day.isoformat('minutes')}" if of_day else day.edtf, day.inferred, doubt)


def _month(name: str | None) -> int | None:
    if name is None:
        return None
    return int(name) if name.isdecimal() else _MONTH_NUMBERS[name.casefold().rstrip(".")]


def _anchor(near: str) -> date | None:
    earliest, latest = bounds(near) if near else (None, None)
    return earliest or latest


def _in_century(short: int, month: int | None, day: int | None, near: str) -> tuple[int, int | None, int | None, str]:
    anchor = _anchor(near)
    if anchor is None:
        return 1900 + short, month, day, "century assumed to be the twentieth"
    # The century that brings the year nearest; of two that are as near the earlier one.
    year = short - (short + 50 - anchor.year) // 100 * 100
    return year, month, day, f"century from the date of the document, {near}"


def _in_year(month: int, day: int, near: str) -> tuple[int, int, int, str]:
    anchor = _anchor(near) or date.min
    # Thirty-one days to a month will do to compare: only whole years compete.
    of_year = (anchor.month - month) * 31 + anchor.day - day if near.count("-") == 2 else 0
    year = anchor.year + (1 if of_year > 186 else -1 if of_year < -186 else 0)
    return year, month, day, f"year from the date of the document, {near}"


def _checked(words: str, year: int, month: int | None, day: int | None, inferred: str = "") -> Reading:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return Reading("", doubt=f"“{words}” names a day that no calendar has")
    edtf = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    return Reading(edtf, inferred)


def _time(words: str) -> tuple[time | None, str]:
    parts = _CLOCK.fullmatch(words)
    if parts is None:
        return None, f"“{words}” is no time of day"
    hour, minute, half = int(parts["hour"]), int(parts["minute"] or parts["minutes"] or 0), parts["half"]
    doubt = f"“{words}” counts the hours both to 24 and to 12" if half and hour > 12 else ""
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.casefold() == "p" else 0)
    try:
        return time(hour, minute), doubt
    except ValueError:
        return None, f"“{words}” is a time that no clock shows"
