"""Pace: how quickly documents come in, and how long those that are left will take."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min

from archive.accession.standing import Standing
from archive.models import Accession

#: The pace is that of the documents or files finished this long ago at most: those before may have waited for a worker.
RECENT = timedelta(minutes=1)


def pace_of(accession: Accession, *, now: datetime, of: str = "documents") -> float:
    """Documents a second, or files; 0 where nothing tells. Those that finished first only tell when counting began."""
    rows: Any = accession.sources if of == "files" else accession.items
    recent = rows.filter(finished_at__gt=now - RECENT)
    first = recent.aggregate(first=Min("finished_at"))["first"]
    passed = (now - first).total_seconds() if first else 0
    return float(recent.filter(finished_at__gt=first).count() / passed) if passed > 0 else 0


def seconds_left(standing: Standing, rate: float) -> float:
    """How long those that are left will take at a pace that is not 0."""
    return (standing.total - standing.done) / rate


def paced(standing: Standing, rate: float) -> str:
    """``52 a second, 7 s left``; empty where there is no pace."""
    if not rate:
        return ""
    left = f", {_span(seconds_left(standing, rate))} left" if standing.done < standing.total else ""
    return f"{rate:,.3g} a second{left}"


def _span(seconds: float) -> str:
    """A span of time in two units at most."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {whole % 60} s"
