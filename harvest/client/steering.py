"""Steering: begin a run, stop one, and find what nobody works on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from archive.accession.submission import UNREACHABLE
from harvest.client.closing import next_run
from harvest.client.leases import free_runs
from harvest.models import HarvestRun, HarvestSource
from harvest.models.run import RunState
from harvest.models.source import CheckState

if TYPE_CHECKING:
    from celery import Task
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)


class CannotStart(Exception):  # noqa: N818 - the name says the outcome
    """The source is not harvested now; the message says why."""


def start(source: HarvestSource, *, full: bool = False, by: User | None = None) -> HarvestRun:
    """A run of a source, and a hint at it: of what has changed since the last one, or of everything.

    :raises CannotStart: the source is switched off, does not answer, or is being harvested.
    """
    if not source.active:
        raise CannotStart(f"“{source}” is switched off.")
    if source.check_state != CheckState.ANSWERS:
        why = source.check_message or "It has not been checked yet; that takes a moment."
        raise CannotStart(f"“{source}” cannot be harvested: {why}")
    whole = full or not source.next_from
    try:
        with transaction.atomic():
            from_date = "" if whole else source.next_from
            run = HarvestRun.objects.create(source=source, full=whole, from_date=from_date, created_by=by)
            hint(run)
    except IntegrityError:
        raise CannotStart(
            f"“{source}” is being harvested already. Cancel that run first, or wait for its end."
        ) from None
    return run


def hint(run: HarvestRun) -> None:
    """Tell a worker of a run, once it is committed."""
    from harvest import tasks  # tasks call the verbs of this package

    transaction.on_commit(partial(send, tasks.run_harvest, run.pk))


def send(task: Task[..., object], key: int) -> None:
    """Tell a worker. That nobody can be told must not fail what is saved already: the sweeper finds it."""
    try:
        task.delay(key)
    except UNREACHABLE:
        logger.warning("no queue takes the hint at %s %s; the sweeper will find it", task.name, key, exc_info=True)


@transaction.atomic
def cancel(run: HarvestRun) -> bool:
    """Let a run end before its next page, at once if no worker has it; False if it had ended already.

    What came in stays. The next run asks from where this one did.
    """
    run = HarvestRun.objects.select_for_update().select_related("source").get(pk=run.pk)
    if not run.open:
        return False
    now = timezone.now()
    run.cancel_requested = True
    values: dict[str, object] = {"cancel_requested": True}
    if run.lease_expires_at is None or run.lease_expires_at < now:
        # A worker that only slept loses its lease by the number.
        values = {
            "state": RunState.CANCELLED, "finished_at": now, "taken": F("taken") + 1, "token": "", "retry_at": None,
            "lease_expires_at": None, "cancel_requested": False, "message": "",
        }  # fmt: skip
        HarvestSource.objects.filter(pk=run.source_id).update(next_run_at=next_run(run.source, now))
    HarvestRun.objects.filter(pk=run.pk).update(**values)
    return True


def start_due() -> int:
    """Begin the runs whose time has come; how many those are."""
    now = timezone.now()
    begun = 0
    for source in HarvestSource.objects.filter(active=True, check_state=CheckState.ANSWERS, next_run_at__lte=now):
        HarvestSource.objects.filter(pk=source.pk).update(next_run_at=next_run(source, now))
        try:
            start(source)
        except CannotStart as refusal:
            logger.info("%s", refusal)
        else:
            begun += 1
    return begun


def unfinished() -> Iterator[int]:
    """Runs that nobody works on: what the sweeper hints at again."""
    yield from free_runs().values_list("pk", flat=True)
