"""Closing: how a run ended, and when its source is asked next, and from where."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from archive.vocab.characters import legal
from harvest.client.answers import Problem
from harvest.client.leases import LeaseLost, held
from harvest.client.records import DATESTAMP
from harvest.client.taking import PROBLEMS_KEPT, tell
from harvest.models import HarvestedRecord, HarvestRun, HarvestSource
from harvest.models.run import RunState

#: The next run begins so much before the repository's answer to this one: many stamp a record some time before
#: others can see it. What comes twice is known by its checksum.
OVERLAP = timedelta(minutes=10)


@transaction.atomic
def close(run: HarvestRun, state: RunState, *, message: str = "") -> None:
    """Write how a run of this worker ended.

    :raises LeaseLost: somebody else has it.
    """
    if state is RunState.DONE:
        _tell_missing(run)
        state = RunState.DONE_WITH_ERRORS if run.problem_count else RunState.DONE
    now = timezone.now()
    ended = held(run).update(
        state=state, message=legal(message), problem_count=run.problem_count, finished_at=now, lease_expires_at=None,
        retry_at=None, cancel_requested=False, token="",
    )  # fmt: skip
    if not ended:
        raise LeaseLost
    values: dict[str, object] = {"next_run_at": next_run(run.source, now)}
    if state in (RunState.DONE, RunState.DONE_WITH_ERRORS) and (begins := next_from(run.response_date, run.source)):
        values["next_from"] = begins
    HarvestSource.objects.filter(pk=run.source_id).update(**values)


def next_run(source: HarvestSource, now: datetime) -> datetime | None:
    """When the schedule comes round."""
    return now + source.interval if source.interval else None


def next_from(response_date: str, source: HarvestSource) -> str:
    """From where the next run asks, in the granularity of the repository; empty where its clock says nothing."""
    if not DATESTAMP.fullmatch(response_date):
        return ""
    try:
        moment = datetime.fromisoformat(response_date) - OVERLAP
    except (ValueError, OverflowError):
        return ""
    by_second = source.told.get("identity", {}).get("granularity", "").endswith("Z")
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ" if by_second else "%Y-%m-%d")


def _tell_missing(run: HarvestRun) -> None:
    """After a whole list, what was known and not in it: repositories that forget deletions tell of them like this."""
    if not run.full or run.restarts:
        return
    gone = HarvestedRecord.objects.filter(source=run.source_id, deletion="").exclude(run=run)
    gone = gone.exclude(identifier__in=run.problems.values("identifier"))
    message = (
        "Known from before, and not in this list any more. The repository tells of no deletion; the document stays."
    )
    named = gone.order_by("pk").values_list("identifier", flat=True)[:PROBLEMS_KEPT]
    tell([Problem(message, each) for each in named], run)
