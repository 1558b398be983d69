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


class Failed(Exception):  # noqa: N818 - the name says the outcome
    """The work cannot go on; the message is for who asked for it."""


class PutOff(Exception):  # noqa: N818 - the name says the outcome
    """Not now: the work is taken up again after so many seconds."""

    def __init__(self, message: str, *, seconds: int) -> None:
        super().__init__(message)
        self.seconds = min(seconds, 24 * 60 * 60)


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
        except PutOff as later:
            work.message, work.lease_expires_at = str(later), timezone.now() + timedelta(seconds=later.seconds)
            work.save()
            return
        except Failed as failure:
            _fail(work, str(failure))
            return
        except Exception as error:
            _fail(work, f"{type(error).__name__}: {error}")
            raise
        if count == 0:
            return


def _fail(work: Work, message: str) -> None:
    work.state, work.message = WorkState.FAILED, message
    work.finished_at, work.lease_expires_at = timezone.now(), None
    work.save(update_fields=["state", "message", "finished_at", "lease_expires_at"])


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
