"""Rehearsal: the same reading and the same entry, rolled back at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction

from archive.accession.entry import enter
from archive.accession.report import Report, report_of_draft
from archive.accession.work import previous_draft
from archive.models import Collection
from archive.readers import Source, SourceRefused, drafts_of


def rehearse(sources: Iterable[Source], *, collection: Collection | None = None) -> list[Report]:
    """What an accession of these sources would do, source by source. Nothing is kept."""
    with transaction.atomic():
        reports = [report for source in sources for report in _rehearse(source, collection)]
        transaction.set_rollback(True)
    return reports


def _rehearse(source: Source, collection: Collection | None) -> Iterator[Report]:
    try:
        reader, drafts = drafts_of(source)
    except SourceRefused as refusal:
        yield Report(source.name, "refused", reason=str(refusal))
        return
    for draft in drafts:
        entry = enter(draft, previous=previous_draft(draft), collection=collection)
        yield report_of_draft(source.name, reader, draft, outcome=entry.outcome, identifier=entry.document.identifier)
