"""Outcomes: what a verb did, and what is written beside documents that it could not deal with."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from archive.away import DATABASE_AWAY
from archive.models import Document

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Outcome:
    """What a verb did: documents dealt with, and representations that changed."""

    documents: list[int] = field(default_factory=list)
    representations: int = 0
    #: Documents left as they were, and why, by primary key.
    failed: dict[int, str] = field(default_factory=dict)
    #: Documents that wait for the end of their embargo.
    held_back: list[int] = field(default_factory=list)
    #: Public documents that name these in a relation, and are stale now: refresh them, or let the sweeper.
    beside: list[int] = field(default_factory=list)
    #: Documents without page images, and why, by primary key.
    without_pages: dict[int, str] = field(default_factory=dict)

    @property
    def problems(self) -> dict[int, str]:
        """What an archivist should know, by primary key."""
        return {**self.without_pages, **self.failed}


def nothing() -> None:
    """Nobody waits to hear of progress."""


@contextmanager
def failing_alone(pk: int, outcome: Outcome, what: str) -> Iterator[None]:
    """Whatever is wrong with one document is noted with it, and does not hold up the others."""
    try:
        yield
    except DATABASE_AWAY:
        raise
    except Exception as error:
        logger.exception("document with primary key %s %s", pk, what)
        outcome.failed[pk] = f"{what}: {error}"


def remember(document_ids: Sequence[int], outcome: Outcome, began: datetime) -> None:
    """Write beside each document what is wrong with it, and strike out what is mended.

    In a field of its own: ``state_reason`` of a withdrawn document is shown to readers, an error never is. What
    failed counts as rendered when it was tried, so that nobody tries again before it is changed.
    """
    problems = outcome.problems
    for pk in sorted(document_ids):
        if pk in problems:
            Document.objects.filter(pk=pk).update(publication_error=problems[pk])
    for pk in sorted(set(document_ids) & set(outcome.failed)):
        Document.objects.filter(pk=pk).update(refreshed_at=began)
    mended = Document.objects.filter(pk__in=[pk for pk in document_ids if pk not in problems])
    for pk in list(mended.exclude(publication_error="").order_by("pk").values_list("pk", flat=True)):
        Document.objects.filter(pk=pk).update(publication_error="")
