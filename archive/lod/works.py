"""Works: what a worker does in steps, each in a transaction with how far it has come; one worker at a time.

A worker that dies leaves a lease that runs out, and ``open_works`` finds what it left for the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from archive.conf import conf
from archive.lod.models import Work, WorkState

W = TypeVar("W", bound=Work)

#: A step: what was looked at, as a count; zero where nothing is left.
Step = Callable[[W], int]


def run(model: type[W], pk: int, step: Step[W]) -> None:
    """Work until nothing is left. Safe to call at any time: only one who gets the lease does anything.

    ``step`` moves ``last`` and whatever else the work counts; it runs within a transaction.
    """
    while work := _leased(model, pk):
        try:
            with transaction.atomic():
                count = step(work)
                work.done += count
                work.lease_expires_at = None
                if count == 0:
                    work.state, work.finished_at = WorkState.DONE, timezone.now()
                work.save()
        except Exception as error:
            message = f"{type(error).__name__}: {error}"
            model._default_manager.filter(pk=pk).update(
                state=WorkState.FAILED, message=message, finished_at=timezone.now(), lease_expires_at=None
            )
            raise
        if count == 0:
            return


def open_works(model: type[W]) -> list[int]:
    """Those that nobody works on and that are not done, by primary key."""
    return list(model._default_manager.filter(_free(), state__in=Work.OPEN).order_by("pk").values_list("pk", flat=True))


def _leased(model: type[W], pk: int) -> W | None:
    """The work as it is now, for this worker alone; None where it is done or another has it."""
    mine = model._default_manager.filter(_free(), pk=pk, state__in=Work.OPEN)
    if not mine.update(lease_expires_at=_expiry(), state=WorkState.RUNNING):
        return None
    return model._default_manager.get(pk=pk)


def _free() -> Q:
    return Q(lease_expires_at__isnull=True) | Q(lease_expires_at__lt=timezone.now())


def _expiry() -> datetime:
    return timezone.now() + timedelta(seconds=10 * conf().LEASE_SECONDS)
