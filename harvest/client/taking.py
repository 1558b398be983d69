"""Taking a page in: which of its records are new, changed, as they were, deleted, or cannot be taken.

Everything that a page brings is written in one transaction with the token of the next one, so a worker that dies in
the middle has done nothing, and the next one asks for the same page again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from archive.models import Accession
from archive.vocab.characters import legal
from harvest.client.answers import Page, Problem
from harvest.client.intake import hand_in, too_large
from harvest.client.records import Record
from harvest.models import HarvestedRecord, HarvestProblem, HarvestRun
from harvest.models.record import Deletion
from harvest.provider.identifiers import identifier_of

#: Problems of one run that are kept in words; of the others only the number.
PROBLEMS_KEPT = 1000
#: Records asked for and written in one statement.
_BATCH = 500
_WRITTEN = (
    "datestamp", "base_url", "metadata_namespace", "digest", "origins", "harvested_at", "run", "deletion",
)  # fmt: skip


@dataclass(slots=True)
class Sorted:
    """The records of a page by what is to be done with them."""

    handed_in: list[Record] = field(default_factory=list)
    known: list[Record] = field(default_factory=list)
    deleted: list[Record] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    #: How many of them this run had not seen before.
    fresh: int = 0


def take_in(page: Page, run: HarvestRun) -> None:
    """Write what a page brings, and count it in ``run``, which the caller saves in the same transaction."""
    rows = _known(each.identifier for each in page.records)
    found = _sort(page.records, rows, run)
    accession = hand_in(found.handed_in, run=run) if found.handed_in else None
    if accession:
        run.accessions.add(accession)
    now = timezone.now()
    _write([*found.handed_in, *found.known, *found.deleted], rows, run, now)
    if accession:
        _remember(accession, found.handed_in)
    _count(found, page, run)
    tell([*page.problems, *found.left_out], run)


def _known(identifiers: Iterable[str]) -> dict[str, HarvestedRecord]:
    asked = sorted({each for each in identifiers if 0 < len(each) <= 500})
    rows: dict[str, HarvestedRecord] = {}
    for start in range(0, len(asked), _BATCH):
        rows |= HarvestedRecord.objects.in_bulk(asked[start : start + _BATCH], field_name="identifier")
    return rows


def _sort(records: Iterable[Record], rows: dict[str, HarvestedRecord], run: HarvestRun) -> Sorted:
    found = Sorted()
    for record in {each.identifier or id(each): each for each in records}.values():  # of two versions the later
        row = rows.get(record.identifier)
        if problem := _problem(record, row, run):
            found.left_out.append(Problem(problem, record.identifier[:500]))
            found.fresh += 1  # nothing is kept of it by which it could be known again
            continue
        found.fresh += row is None or row.run_id != run.pk
        if record.deleted:
            found.deleted.append(record)
        elif row is None or _is_other(record, row, run):
            found.handed_in.append(record)
        else:
            found.known.append(record)
    return found


def _problem(record: Record, row: HarvestedRecord | None, run: HarvestRun) -> str:
    """Why a record is left out; empty where it is not."""
    if record.problem:
        return record.problem
    if record.identifier.startswith(identifier_of("")):
        return "The record is one of this archive's own, come back: it is left as it is here."
    if row is not None and row.source_id != run.source_id:
        return f"The record came from “{row.source}” first, and is left to that source."
    if too_large(record):
        return "The record is larger than the sources that this site takes (FONDS['SOURCE_LIMIT'])."
    return ""


def _is_other(record: Record, row: HarvestedRecord, run: HarvestRun) -> bool:
    """Whether there is something to hand in: in a whole run everything, once."""
    again = run.full and row.run_id != run.pk
    return again or row.digest != record.digest or bool(row.deletion)


def _write(
    records: list[Record],
    rows: dict[str, HarvestedRecord],
    run: HarvestRun,
    now: datetime,
) -> None:
    new = [_row(each, None, run, now) for each in records if each.identifier not in rows]
    old = [_row(each, rows[each.identifier], run, now) for each in records if each.identifier in rows]
    HarvestedRecord.objects.bulk_create(new, batch_size=_BATCH)
    HarvestedRecord.objects.bulk_update(old, _WRITTEN, batch_size=100)


def _remember(accession: Accession, records: list[Record]) -> None:
    """Which accession has the records in work: until it is closed, nothing is withdrawn of them."""
    for start in range(0, len(records), _BATCH):
        some = [each.identifier for each in records[start : start + _BATCH]]
        HarvestedRecord.objects.filter(identifier__in=some).update(accession=accession)


def _row(record: Record, row: HarvestedRecord | None, run: HarvestRun, now: datetime) -> HarvestedRecord:
    """What is known of a record from now on. Of a deleted one, what it last said stays: nothing else is known."""
    row = row or HarvestedRecord(source=run.source, identifier=record.identifier)
    row.run, row.datestamp, row.harvested_at, row.base_url = run, record.datestamp, now, run.source.base_url
    if record.deleted:
        row.deletion = row.deletion or Deletion.PENDING
    else:
        row.deletion = Deletion.NONE
        row.metadata_namespace, row.digest, row.origins = record.namespace[:500], record.digest, list(record.origins)
    return row


def _count(found: Sorted, page: Page, run: HarvestRun) -> None:
    run.pages += 1
    run.records += len(page.records)
    run.handed_in += len(found.handed_in)
    run.known += len(found.known)
    run.deleted += len(found.deleted)
    run.left_out += len(found.left_out)
    run.fruitless = 0 if found.fresh else run.fruitless + 1
    run.list_size = page.list_size if page.list_size is not None else run.list_size
    for each in page.records:
        if each.problem:
            continue
        run.in_order = run.in_order and each.datestamp >= run.last_datestamp
        run.last_datestamp = max(run.last_datestamp, each.datestamp)


def tell(problems: list[Problem], run: HarvestRun) -> None:
    """Write problems down, as many as are kept in words, and count them."""
    room = max(0, PROBLEMS_KEPT - run.problem_count)
    HarvestProblem.objects.bulk_create(
        HarvestProblem(run=run, identifier=each.identifier, page=run.pages, message=legal(each.message))
        for each in problems[:room]
    )
    run.problem_count += len(problems)
