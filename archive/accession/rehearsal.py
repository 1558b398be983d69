"""Rehearsal: the same reading and the same entry, rolled back at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from archive.accession.entry import enter
from archive.accession.work import previous_draft
from archive.drafts import Draft
from archive.models import Collection
from archive.readers import Source, SourceRefused, drafts_of


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What would become of one document of a source; ``draft`` is None where the source is refused."""

    source: str
    reader: str
    outcome: str
    reason: str
    identifier: str
    draft: Draft | None


def rehearse(sources: Iterable[Source], *, collection: Collection | None = None) -> Iterator[Rehearsed]:
    """What an accession of these sources would do. Nothing is kept."""
    with transaction.atomic():
        rehearsed = [each for source in sources for each in _rehearse(source, collection)]
        transaction.set_rollback(True)
    yield from rehearsed


def _rehearse(source: Source, collection: Collection | None) -> Iterator[Rehearsed]:
    try:
        reader, drafts = drafts_of(source)
    except SourceRefused as refusal:
        yield Rehearsed(source.name, "", "refused", str(refusal), "", None)
        return
    for draft in drafts:
        entry = enter(draft, previous=previous_draft(draft), collection=collection)
        yield Rehearsed(source.name, reader.name, entry.outcome, "", entry.document.identifier, draft)
