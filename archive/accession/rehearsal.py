"""Rehearsal: the same reading and the same entry, rolled back at the end."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from archive.accession.entry import enter
from archive.accession.pages import prepare
from archive.accession.report import Report, report_of_draft
from archive.accession.work import documents_of, previous_draft
from archive.drafts import Draft, Notice
from archive.models import Collection
from archive.publication import DATABASE_AWAY
from archive.readers import Reader, Source, SourceRefused

logger = logging.getLogger(__name__)


def rehearse(sources: Iterable[Source], *, collection: Collection | None = None) -> list[Report]:
    """What an accession of these sources would do, source by source. Nothing is kept."""
    with transaction.atomic():
        reports = [report for source in sources for report in _rehearse(source, collection)]
        transaction.set_rollback(True)
    return reports


def _rehearse(source: Source, collection: Collection | None) -> list[Report]:
    """The reports of one source; whatever is wrong with it does not hold up the others."""
    try:
        reader, drafts = documents_of(source)
        with transaction.atomic():
            return [_entered(source, reader, draft, collection) for draft in drafts]
    except SourceRefused as refusal:
        return [Report(source.name, "refused", reason=str(refusal))]
    except DATABASE_AWAY:
        raise
    except Exception as error:
        logger.exception("%s cannot be rehearsed", source.name)
        return [Report(source.name, "failed", reason=f"{type(error).__name__}: {error}")]


def _entered(source: Source, reader: Reader, draft: Draft, collection: Collection | None) -> Report:
    entry = enter(draft, previous=previous_draft(draft), collection=collection)
    notice = prepare(draft, source, keep=False).notice
    if notice:
        draft = replace(draft, notices=(*draft.notices, Notice(notice)))
    return report_of_draft(source.name, reader, draft, outcome=entry.outcome, identifier=entry.document.identifier)
