"""Leases: one worker has a run at a time, and whoever lost it writes nothing any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from archive.conf import conf
from harvest.client.conversation import PATIENCE
from harvest.models import HarvestRun
from harvest.models.run import RunState


class LeaseLost(Exception):  # noqa: N818 - the name says the outcome
    """Another worker has taken the run over, or somebody has cancelled it; what this one did is rolled back."""


@transaction.atomic
def take(run_id: int) -> HarvestRun | None:
    """The run under a lease; None if it is closed, another worker has it, or its time has not come."""
    now = timezone.now()
    mine = HarvestRun.objects.filter(_free(now), pk=run_id, state__in=HarvestRun.OPEN)
    taken = mine.update(
        state=RunState.RUNNING,
        taken=F("taken") + 1,
        attempts=F("attempts") + 1,
        retry_at=None,
        started_at=Coalesce("started_at", now),
        lease_expires_at=_lease(now, 0),
    )
    if not taken:
        return None
    return HarvestRun.objects.select_related("source__collection", "created_by").get(pk=run_id)


def _free(now: datetime) -> Q:
    unleased = Q(lease_expires_at__isnull=True) | Q(lease_expires_at__lt=now)
    return unleased & (Q(retry_at__isnull=True) | Q(retry_at__lte=now))


def hold(run: HarvestRun) -> None:
    """Renew the lease for as long as one request may take.

    :raises LeaseLost: somebody else has the run.
    """
    until = _lease(timezone.now(), run.source.delay)
    if not held(run).update(lease_expires_at=until):
        raise LeaseLost


def _lease(now: datetime, delay: int) -> datetime:
    # Two requests with the patience between them, and resolving names, which nobody can break off.
    return now + timedelta(seconds=conf().LEASE_SECONDS + 2 * (conf().HARVEST_SECONDS + delay) + PATIENCE)


def held(run: HarvestRun) -> QuerySet[HarvestRun]:
    """The run, as long as nobody has taken it since."""
    return HarvestRun.objects.filter(pk=run.pk, taken=run.taken, state=RunState.RUNNING)


def free_runs() -> QuerySet[HarvestRun]:
    """Runs that are not closed, that nobody holds a lease on, and whose time has come."""
    return HarvestRun.objects.filter(_free(timezone.now()), state__in=HarvestRun.OPEN).order_by("pk")
