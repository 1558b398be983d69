"""Deletions: what becomes of a document whose record its source has deleted.

It waits until the accession that brings the document in is closed: else the document would be withdrawn first and
published after.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from archive import history
from archive.models import Document
from archive.models.revision import Revision
from archive.publication import withdraw
from harvest.client.answers import Problem
from harvest.client.intake import IN_WORK, identity_of
from harvest.client.taking import tell
from harvest.models import HarvestedRecord, HarvestRun
from harvest.models.record import Deletion
from harvest.models.source import DeletionPolicy, HarvestSource

#: Records looked at in one transaction.
BATCH = 200
REASON = "The record was deleted at its source."
_EDITED = "Deleted at its source. A person has changed the document here, so it is left as it is: withdraw it by hand."
_REPORTED = "Deleted at its source. The document is left as it is, as the source's settings ask: withdraw it by hand."
_HIDDEN = "Deleted at its source. The document here is not public; it is left as it is."


def settle(source_id: int) -> int:
    """Do what the source's settings ask to the documents of records that were deleted; how many were looked at."""
    looked_at, last = 0, 0
    while records := _due(source_id, after=last):
        last, looked_at = records[-1].pk, looked_at + len(records)
        _settle(records)
    return looked_at


def waiting() -> list[int]:
    """The sources that have deletions to be looked at."""
    pending = HarvestedRecord.objects.filter(deletion=Deletion.PENDING).exclude(accession__state__in=IN_WORK)
    return list(pending.order_by("source").values_list("source", flat=True).distinct())


def _due(source_id: int, *, after: int) -> list[HarvestedRecord]:
    pending = HarvestedRecord.objects.filter(source=source_id, deletion=Deletion.PENDING, pk__gt=after)
    return list(pending.exclude(accession__state__in=IN_WORK).order_by("pk")[:BATCH])


@transaction.atomic
def _settle(records: list[HarvestedRecord]) -> None:
    mine = HarvestedRecord.objects.select_for_update().filter(pk__in=[each.pk for each in records])
    rows = {identity_of(each.identifier): each for each in mine.filter(deletion=Deletion.PENDING).order_by("pk")}
    found = Document.objects.filter(identity__in=rows).values_list("pk", "identity", "state")
    documents = [(pk, identity or "", state) for pk, identity, state in found]
    public = {pk: rows[identity] for pk, identity, state in documents if state == Document.State.PUBLISHED}
    passed = (Document.State.PUBLISHED, Document.State.WITHDRAWN)
    hidden = [rows[identity] for _, identity, state in documents if state not in passed]
    kept = _kept(public, records[0].source)
    withdrawn = withdraw(set(public) - set(kept), reason=REASON).documents
    _write(rows.values(), Deletion.NOTHING)
    _write(hidden, Deletion.REPORTED)
    _write((public[pk] for pk in kept), Deletion.REPORTED)
    _write((public[pk] for pk in withdrawn), Deletion.WITHDRAWN)
    _report([*((public[pk], why) for pk, why in kept.items()), *((each, _HIDDEN) for each in hidden)])


def _kept(public: dict[int, HarvestedRecord], source: HarvestSource) -> dict[int, str]:
    """The documents that stay public, and why."""
    if source.deletions == DeletionPolicy.REPORT:
        return dict.fromkeys(public, _REPORTED)
    if source.deletions == DeletionPolicy.WITHDRAW:
        return {}
    return dict.fromkeys(edited(public), _EDITED)


def edited(document_ids: Iterable[int]) -> set[int]:
    """Those of some documents that a person has changed; bringing them in again is no change by a person."""
    by_people = Revision.objects.filter(document__in=list(document_ids), by__isnull=False)
    return set(by_people.exclude(act__in=(history.ACCESSION, history.FOUND)).values_list("document", flat=True))


def _write(records: Iterable[HarvestedRecord], deletion: Deletion) -> None:
    HarvestedRecord.objects.filter(pk__in=[each.pk for each in records]).update(deletion=deletion)


def _report(told: list[tuple[HarvestedRecord, str]]) -> None:
    """In the run that heard of the deletion."""
    for run in HarvestRun.objects.filter(pk__in={each.run_id for each, _ in told}):
        tell([Problem(why, each.identifier) for each, why in told if each.run_id == run.pk], run)
        HarvestRun.objects.filter(pk=run.pk).update(problem_count=run.problem_count)
