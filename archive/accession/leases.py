"""Leases: take sources or documents so that nobody else does, try again what failed, and give up in the end.

Rows that were never tried are taken many at a time. One that was, because its worker ended or something failed, is
taken alone from then on: a poisonous one fails alone after ATTEMPTS, and the rest does not wait for it.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from archive.conf import conf
from archive.models import Accession, AccessionItem, AccessionSource

R = TypeVar("R", AccessionItem, AccessionSource)

#: So many are taken by one worker, even if there are no more: a batch costs as much as some ten documents in it.
FEW = 100

#: The states that both kinds of row have in common.
QUEUED, TAKEN, FAILED, CANCELLED = "queued", "taken", "failed", "cancelled"


class LeaseLost(Exception):  # noqa: N818 - the name says the outcome
    """Another worker has taken over; what this one did is rolled back."""


def take(rows: QuerySet[R], *, accession_id: int, limit: int) -> list[R]:
    """Take the next rows under one lease, or none where nothing is to be taken now.

    Rows tried too often are given up on the way. Nothing is taken of an accession that somebody has cancelled.
    """
    while True:
        with transaction.atomic():
            now = timezone.now()
            if Accession.objects.filter(pk=accession_id, cancel_requested=True).exists():
                leave_out(rows.filter(accession=accession_id), now)
                return []
            mine = rows.filter(accession=accession_id).select_for_update(skip_locked=True, of=("self",)).order_by("pk")
            untried = Q(accession=accession_id, state=QUEUED, attempts=0)
            fresh = list(mine.filter(untried)[: _share(rows.filter(untried), limit)])
            batch = fresh or list(mine.filter(_due(now), attempts__gt=0)[:1])
            if not batch:
                return []
            if batch[0].attempts >= conf().ATTEMPTS:
                _give_up(rows, batch[0], now)
                continue
            _take(rows, batch, now)
            return batch


def _share(untried: QuerySet[R], limit: int) -> int:
    """How many to take: half of those that are left, so that one worker does not wait while another has the rest.

    A batch has costs of its own, so that few are not divided; nor are those of a database with one writer at a time.
    """
    if limit <= FEW or not connection.features.has_select_for_update_skip_locked:
        return limit
    left = untried.order_by()[: 2 * limit].count()
    return max(FEW, min(limit, left - left // 2))


def _due(now: datetime) -> Q:
    queued = Q(state=QUEUED) & (Q(retry_at__isnull=True) | Q(retry_at__lte=now))
    return queued | Q(state=TAKEN, lease_expires_at__lt=now)


def _take(rows: QuerySet[R], batch: Sequence[R], now: datetime) -> None:
    for each in batch:
        each.state, each.attempts, each.lease_expires_at = TAKEN, each.attempts + 1, lease(now)
    rows.model._default_manager.filter(pk__in=[each.pk for each in batch]).update(
        state=TAKEN, attempts=batch[0].attempts, lease_expires_at=batch[0].lease_expires_at
    )


def lease(now: datetime) -> datetime:
    """When a lease taken now runs out."""
    return now + timedelta(seconds=conf().LEASE_SECONDS)


def held(rows: QuerySet[R], batch: Collection[R]) -> QuerySet[R]:
    """The rows of a batch that are still this worker's, locked until the transaction ends."""
    until = {each.lease_expires_at for each in batch}
    mine = rows.filter(pk__in=[each.pk for each in batch], state=TAKEN, lease_expires_at__in=until)
    return mine.select_for_update(of=("self",)).order_by("pk")


def renew(rows: QuerySet[R], batch: Sequence[R]) -> None:
    """Hold on to rows for another while; one that somebody else has by now stays theirs."""
    until = lease(timezone.now())
    with transaction.atomic():
        mine = set(held(rows, batch).values_list("pk", flat=True))
        rows.model._default_manager.filter(pk__in=mine).update(lease_expires_at=until)
    for each in batch:
        if each.pk in mine:
            each.lease_expires_at = until


def put_back(rows: QuerySet[R], batch: Sequence[R], *, reason: str) -> None:
    """Leave rows that failed to be tried again later, or give them up after ATTEMPTS."""
    now = timezone.now()
    with transaction.atomic():
        for each in held(rows, batch).all():
            if each.attempts >= conf().ATTEMPTS:
                each.state, each.finished_at, each.reason = FAILED, now, reason
            else:
                each.state, each.retry_at, each.reason = QUEUED, now + _patience(each.attempts), reason
            each.lease_expires_at = None
            each.save(update_fields=["state", "finished_at", "retry_at", "reason", "lease_expires_at"])


def _patience(attempts: int) -> timedelta:
    """How long to wait before the next attempt: longer each time, and never the same for two that failed together."""
    return timedelta(seconds=conf().RETRY_SECONDS * 2 ** (attempts - 1) * random.uniform(0.5, 1.5))  # noqa: S311


def _give_up(rows: QuerySet[R], row: R, now: datetime) -> None:
    row.state, row.finished_at, row.lease_expires_at = FAILED, now, None
    row.reason = row.reason or (
        f"Tried {row.attempts} times, and each time the worker ended before it was done. "
        "The file may need more memory or time than a worker has."
    )
    row.save(update_fields=["state", "finished_at", "reason", "lease_expires_at"])


def leave_out(rows: QuerySet[R], now: datetime) -> None:
    """Close what nobody has in work, because somebody has cancelled the accession."""
    idle = Q(state=QUEUED) | Q(state=TAKEN, lease_expires_at__lt=now)
    rows.filter(idle).update(state=CANCELLED, finished_at=now, lease_expires_at=None, retry_at=None)


def said(error: BaseException) -> str:
    """An error in words that every database can keep: PostgreSQL takes no NUL."""
    return f"{type(error).__name__}: {error}".replace("\x00", "�").encode(errors="replace").decode()
