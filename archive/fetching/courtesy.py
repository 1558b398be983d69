"""Courtesy: who asks and whom to write to, and how long others ask to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version

from django.utils import timezone

from archive.conf import conf

#: Statuses that pass: too early, too much, and whatever went wrong over there.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


def headers(accept: str, *, contact: str = "") -> dict[str, str]:
    """What people look for in their logs; the contact is the site's unless another is given."""
    contact = contact or conf().ADMIN_EMAIL
    return {
        "User-Agent": f"Fonds/{_version()} (+{conf().PUBLIC_BASE_URL}; {contact})",
        "From": contact,
        "Accept": accept,
    }


def _version() -> str:
    try:
        return version("fonds")
    except PackageNotFoundError:
        return "0"


def seconds_of(retry_after: str) -> int | None:
    """What Retry-After asks for (RFC 9110, section 10.2.3), a number or a date; None where it says nothing."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return int(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0, round((until - _now()).total_seconds()))


def _now() -> datetime:
    return timezone.now()
