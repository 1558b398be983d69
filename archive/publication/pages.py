"""Pages: the images that viewers show, made where they lack or are old."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence

from django.utils import timezone

from archive.away import DATABASE_AWAY
from archive.models import Document
from archive.publication.batches import batches
from archive.publication.outcome import Outcome, failing_alone, nothing, remember
from archive.typesetting import TypesettingError, outdated, remove_typeset, typeset

logger = logging.getLogger(__name__)


def typeset_pages(document_ids: Iterable[int]) -> Outcome:
    """Make the page images of documents in any state; nothing becomes public by it."""
    outcome = Outcome()
    for batch in batches(document_ids):
        began = timezone.now()
        set_pages(batch, outcome, nothing)
        remember(batch, outcome, began)
    return outcome


def set_pages(document_ids: Sequence[int], outcome: Outcome, on_progress: Callable[[], None]) -> None:
    """Make the page images that lack or are old, outside any transaction: it takes a tenth of a second a page."""
    for document in _outdated(document_ids, outcome):
        with failing_alone(document.pk, outcome, "cannot be typeset"):
            try:
                typeset(document)
            except TypesettingError as error:
                remove_typeset(document)
                outcome.without_pages[document.pk] = f"cannot be typeset: {error}"
        on_progress()


def _outdated(document_ids: Sequence[int], outcome: Outcome) -> list[Document]:
    """The documents that have to be typeset; asked for one by one where together it fails."""
    try:
        return outdated(document_ids)
    except DATABASE_AWAY:
        raise
    except Exception:
        logger.exception("one of these documents cannot be typeset, each is tried alone: %s", document_ids)
        found: list[Document] = []
        for pk in document_ids:
            with failing_alone(pk, outcome, "cannot be typeset"):
                found += outdated([pk])
        return found
