"""Datestamps: UTC, to the day or to the second (OAI-PMH 2.0, section 3.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from oaipmh.datestamp import datestamp_to_datetime
from oaipmh.error import DatestampError

#: pyoai also takes 2020-1-1, fractions of a second and digits of any script.
FORM = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?", re.ASCII)


def written(moment: datetime) -> str:
    """A time to the second, as headers and envelopes show it."""
    return f"{moment.astimezone(UTC).isoformat()[:19]}Z"


def read(text: str, *, end_of_day: bool = False) -> datetime:
    """The time that a request names; a day means its first second, or its last with ``end_of_day``.

    :raises ValueError: if it has not the form of a datestamp, or there is no such time.
    """
    if not FORM.fullmatch(text):
        raise ValueError(text)
    try:
        moment: datetime = datestamp_to_datetime(text, inclusive=end_of_day)
    except DatestampError as error:
        raise ValueError(text) from error
    return moment.replace(tzinfo=UTC)


def to_the_day(text: str) -> bool:
    """Whether a datestamp is of day granularity."""
    return "T" not in text
