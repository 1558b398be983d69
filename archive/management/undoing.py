"""``manage.py accession --undo ID``: what it will do, and doing it."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError

from archive import jobs
from archive.accession import undoing
from archive.jobs.accessions import refuse, undo_accession
from archive.jobs.steering import CannotBeUndone
from archive.management.progress import Bar, Standing
from archive.models import Accession, Job, JobItem

#: Seconds between two looks at the database while a worker works.
POLL = 0.2


def accession_of(number: int) -> Accession:
    """The accession with this number.

    :raises CommandError: if there is none.
    """
    found = Accession.objects.filter(pk=number).first()
    if found is None:
        raise CommandError(f"There is no accession {number}.")
    return found


def taken_back(command: BaseCommand, number: int, *, dry_run: bool, as_json: bool, patience: float) -> None:
    """Undo an accession, or with ``dry_run`` tell what that would do; one line for each document.

    :raises CommandError: if it cannot be undone, or something of it could not.
    """
    accession = accession_of(number)
    try:
        if dry_run:
            refuse(accession)
            _tell_all(command, _foreseen(accession), as_json=as_json)
            return
        job = undo_accession(accession)
    except CannotBeUndone as refusal:
        raise CommandError(str(refusal)) from refusal
    _wait_for(job, Bar(command.stderr), patience)
    _tell_all(command, _done(job), as_json=as_json)
    accession.refresh_from_db()
    _tell_rest(command, accession, as_json=as_json)
    if job.state != Job.State.DONE:
        raise CommandError(f"{job} ended as {job.get_state_display()}. {job.message}".strip())


def _foreseen(accession: Accession) -> Iterator[dict[str, str]]:
    for fate in undoing.foreseen(accession, undoing.documents_of(accession)):
        yield {"identifier": fate.identifier, "outcome": str(fate.act), "reason": fate.why, "title": fate.title}


def _done(job: Job) -> Iterator[dict[str, str]]:
    for item in job.items.select_related("document").order_by("pk").iterator():
        outcome, _, reason = item.message.partition(". ")
        failed = item.state == JobItem.State.FAILED
        yield {
            "identifier": item.identifier,
            "outcome": "failed" if failed else outcome.lower(),
            "reason": item.message if failed else reason,
            "title": item.document.title if item.document else "",
        }


def _tell_all(command: BaseCommand, told: Iterator[dict[str, str]], *, as_json: bool) -> None:
    counts: Counter[str] = Counter()
    for each in told:
        counts[each["outcome"]] += 1
        line = json.dumps(each, ensure_ascii=False) if as_json else "  ".join(filter(None, each.values()))
        command.stdout.write(line)
    if not as_json:
        command.stdout.write(", ".join(f"{count:,} {outcome}" for outcome, count in sorted(counts.items())))


def _tell_rest(command: BaseCommand, accession: Accession, *, as_json: bool) -> None:
    """What became of the authorities and units that the accession made."""
    if as_json:
        command.stdout.write(json.dumps({"accession": accession.pk, **accession.undone}, ensure_ascii=False))
        return
    for kind, count in accession.undone.get("removed", {}).items():
        command.stdout.write(f"deleted  {count:,} × {kind}")
    for each in accession.undone.get("kept", []):
        command.stdout.write(f"stays  {each['kind']}  {each['name']}  {each['why']}")


def _wait_for(job: Job, bar: Bar, patience: float) -> None:
    """Show progress until the job is done; do the work here if nobody else begins."""
    begun = time.monotonic()
    while job.open:
        if job.state == Job.State.QUEUED and time.monotonic() - begun > patience:
            bar.say(f"No worker has begun within {patience:g} seconds; doing the work here.")
            jobs.run(job.pk)
        else:
            time.sleep(POLL)
        job.refresh_from_db()
        left = job.items.filter(state=JobItem.State.QUEUED).count()
        bar.show(Standing("documents", job.total - left, job.total), ended=not job.open)
