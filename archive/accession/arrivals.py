"""Arrivals: drafts at the door, with the images of their pages made, which takes long: no transaction waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from archive.accession import leases
from archive.accession.neighbours import beside
from archive.accession.originals import Originals
from archive.accession.pages import Prepared, prepare
from archive.accession.understanding import draft_of
from archive.conf import conf
from archive.drafts import Draft, Page
from archive.models import AccessionItem, AccessionSource
from archive.readers import Source, SourceRefused


@dataclass(frozen=True, slots=True)
class Arrival:
    """A draft at the door, and the source that it was read from.

    A draft with pages comes with ``opened``, its source and the files beside it, and with the images that were
    ``prepared``; or with the reason why it is ``refused`` for want of them.
    """

    draft: Draft
    source: AccessionSource
    opened: Source | None = None
    prepared: Prepared | None = None
    refused: str = ""


def arrivals_of(batch: Sequence[AccessionItem], originals: Originals) -> list[Arrival]:
    """The drafts of documents that this worker has taken; its lease is renewed while images are made."""
    alive = _heartbeat(batch)
    drafts = [draft_of(item) for item in batch]
    paged = [item.source for item, draft in zip(batch, drafts, strict=True) if draft.first(Page)]
    prefetch_related_objects(paged, "original")  # nobody asks for those of the others
    return [_arrival(draft, item.source, originals, alive) for item, draft in zip(batch, drafts, strict=True)]


def _arrival(draft: Draft, row: AccessionSource, originals: Originals, alive: Callable[[], None]) -> Arrival:
    if not draft.first(Page) or row.original is None:
        return Arrival(draft, row)
    opened = _opened(row, originals)
    try:
        prepared = prepare(draft, opened, keep=originals.keeps, on_progress=alive)
    except SourceRefused as refusal:
        return Arrival(draft, row, refused=str(refusal))
    return Arrival(draft, row, opened, prepared)


def _opened(row: AccessionSource, originals: Originals) -> Source:
    """The source with the files beside it, which were claimed when it was read."""
    assert row.original is not None, "asked before"  # noqa: S101
    neighbours = beside(row, originals.source_of, lambda _: None, joins=False)
    return originals.source_of(row.original, row.name, neighbours=neighbours)


def _heartbeat(batch: Sequence[AccessionItem]) -> Callable[[], None]:
    renewed = time.monotonic()

    def alive() -> None:
        nonlocal renewed
        if time.monotonic() - renewed > conf().LEASE_SECONDS / 3:
            leases.renew(AccessionItem.objects.all(), batch)
            renewed = time.monotonic()

    return alive
