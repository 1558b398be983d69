"""Moments: the time that a verb writes down."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The time in whole seconds, which is as fine as a datestamp tells (OAI-PMH 2.0, section 3.3)."""
    return timezone.now().replace(microsecond=0)
