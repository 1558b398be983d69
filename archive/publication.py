"""Publication: the verbs that make documents public, keep what is public true, and take it back.

``publish``   typesets and renders documents, and makes them public; those under embargo wait for its end.
``refresh``   renders published documents anew; only what changed is written and restamped.
``withdraw``  takes documents back; their representations stay as tombstones without content.

``typeset_pages``  makes page images and nothing else, for archivists who look before the public may.

``due``       finds documents whose embargo has ended.
``stale``     finds published documents that were changed and not rendered since.

Each verb takes primary keys and works in batches, one transaction each. A document that cannot be rendered is
left as it was, with the reason beside it, and does not hold up the others. One that cannot be typeset, because
no font has its script, is published without page images: its words can be read, found and harvested.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from archive.description import describe
from archive.models import Document, StateChange
from archive.models.document import DocumentQuerySet, State
from archive.readiness import write_down
from archive.representations import Rendered, render, store
from archive.representations import withdraw as withdraw_representations
from archive.signals import documents_changed
from archive.typesetting import TypesettingError, outdated, remove_typeset, typeset

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)

#: Documents in one transaction. A writer holds SQLite's only lock meanwhile, so a batch stays short.
BATCH = 100
#: How long a hint to refresh may take before it counts as lost.
GRACE = timedelta(minutes=1)


#: No fault of any document: the work is left as it is, and taken up again.
DATABASE_AWAY = (OperationalError, InterfaceError)


def _nothing() -> None:
    """Nobody waits to hear of progress."""


@dataclass(slots=True)
class Outcome:
    """What a verb did: documents dealt with, and representations that changed."""

    documents: list[int] = field(default_factory=list)
    representations: int = 0
    #: Documents left as they were, and why, by primary key.
    failed: dict[int, str] = field(default_factory=dict)
    #: Documents that wait for the end of their embargo.
    held_back: list[int] = field(default_factory=list)
    #: Documents without page images, and why, by primary key.
    without_pages: dict[int, str] = field(default_factory=dict)

    @property
    def problems(self) -> dict[int, str]:
        """What an archivist should know, by primary key."""
        return {**self.without_pages, **self.failed}


def publish(
    document_ids: Iterable[int], *, by: User | None = None, on_progress: Callable[[], None] = _nothing
) -> Outcome:
    """Make documents public, on behalf of ``by``. One that is public already is refreshed.

    ``on_progress`` is called after each document that took time, and after each batch: for heartbeats.
    """
    outcome = Outcome()
    for batch in _batches(document_ids):
        began = timezone.now()
        free = _hold_back(batch, outcome, by)
        _typeset(free, outcome, on_progress)
        _show([pk for pk in free if pk not in outcome.failed], outcome, by=by)
        _remember(batch, outcome, began)
        on_progress()
    return outcome


def refresh(document_ids: Iterable[int], *, on_progress: Callable[[], None] = _nothing) -> Outcome:
    """Render published documents anew; documents in any other state are passed over."""
    outcome = Outcome()
    for batch in _batches(document_ids):
        began = timezone.now()
        public = list(Document.objects.public().filter(pk__in=batch).values_list("pk", flat=True))
        public = _hold_back(public, outcome, None)
        _typeset(public, outcome, on_progress)
        _show([pk for pk in public if pk not in outcome.failed], outcome, only=State.PUBLISHED)
        _remember(public, outcome, began)
        on_progress()
    return outcome


def withdraw(document_ids: Iterable[int], *, reason: str = "", by: User | None = None) -> Outcome:
    """Take published documents back, on behalf of ``by``; documents in any other state are passed over."""
    outcome = Outcome()
    for batch in _batches(document_ids):
        with transaction.atomic():
            now = _now()
            public = list(_locked(batch).filter(state=State.PUBLISHED).values_list("pk", flat=True))
            _record(public, State.WITHDRAWN, reason=reason, by=by)
            Document.objects.filter(pk__in=public).update(
                state=State.WITHDRAWN, state_reason=reason, publication_error="", withdrawn_at=now, modified_at=now
            )
            outcome.representations += withdraw_representations(public, now=now)
            outcome.documents += public
            documents_changed.send(sender=None, document_ids=public)
            _show_beside(public, outcome)
    return outcome


def typeset_pages(document_ids: Iterable[int]) -> Outcome:
    """Make the page images of documents in any state; nothing becomes public by it."""
    outcome = Outcome()
    for batch in _batches(document_ids):
        began = timezone.now()
        _typeset(batch, outcome, _nothing)
        _remember(batch, outcome, began)
    return outcome


def due() -> list[int]:
    """Documents that were approved for publication, and whose embargo has ended."""
    ended = Document.objects.filter(state=State.EMBARGOED, embargo_until__lte=timezone.localdate())
    return list(ended.order_by("pk").values_list("pk", flat=True))


def stale(*, grace: timedelta = GRACE) -> list[int]:
    """Published documents that were changed longer than ``grace`` ago and not rendered since: a hint got lost.

    One that cannot be rendered is tried once for each change; trying again and again would not mend it.
    """
    changed = Document.objects.public().filter(modified_at__gt=F("refreshed_at"))
    return list(changed.filter(modified_at__lt=timezone.now() - grace).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _hold_back(document_ids: Sequence[int], outcome: Outcome, by: User | None) -> list[int]:
    """Let documents under embargo wait, those too that were public before; return the others."""
    locked = _locked(document_ids).filter(embargo_until__gt=timezone.localdate())
    held = list(locked.values_list("pk", flat=True))
    if held:
        _record(held, State.EMBARGOED, by=by)
        Document.objects.filter(pk__in=held).update(state=State.EMBARGOED, state_reason="", modified_at=timezone.now())
        outcome.representations += withdraw_representations(held, now=_now())
        outcome.held_back += held
        documents_changed.send(sender=None, document_ids=held)
        _show_beside(held, outcome)
    return [pk for pk in document_ids if pk not in set(held)]


def _record(document_ids: Sequence[int], after: State, *, reason: str = "", by: User | None = None) -> None:
    """Write down who let documents change their state, before they do; those that are in it already change nothing."""
    now = timezone.now()
    before = Document.objects.filter(pk__in=document_ids).exclude(state=after).values_list("pk", "state")
    StateChange.objects.bulk_create(
        StateChange(document_id=pk, before=state, after=after, reason=reason, by=by, at=now) for pk, state in before
    )


def _typeset(document_ids: Sequence[int], outcome: Outcome, on_progress: Callable[[], None]) -> None:
    """Make the page images that lack or are old, outside any transaction: it takes a tenth of a second a page."""
    for document in _outdated(document_ids, outcome):
        with _failing_alone(document.pk, outcome, "cannot be typeset"):
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
            with _failing_alone(pk, outcome, "cannot be typeset"):
                found += outdated([pk])
        return found


def _show(document_ids: Sequence[int], outcome: Outcome, *, only: State | None = None, by: User | None = None) -> None:
    """Let everybody see documents; with ``only``, just those in that state.

    All in one transaction. Where one of them makes that fail, each goes in a transaction of its own, so that
    the fault is known and the others are shown.
    """
    try:
        changed = _show_together(document_ids, outcome, only=only, by=by)
    except DATABASE_AWAY:
        raise
    except Exception:
        logger.exception("one of these documents cannot be shown, each is tried alone: %s", document_ids)
        changed = []
        for pk in document_ids:
            with _failing_alone(pk, outcome, "cannot be shown"):
                changed += _show_together([pk], outcome, only=only, by=by)
    _show_beside(changed, outcome)


def _show_beside(document_ids: Sequence[int], outcome: Outcome) -> None:
    """Render what names these documents, which have just become public or ceased to be: it says their titles."""
    beside = Document.objects.public().filter(relations__target__in=list(document_ids))
    for batch in _batches(beside.order_by("pk").distinct().values_list("pk", flat=True)):
        aside = Outcome()
        _show(batch, aside, only=State.PUBLISHED)
        outcome.representations += aside.representations
        for pk, reason in aside.failed.items():
            Document.objects.filter(pk=pk).update(publication_error=reason)


@transaction.atomic
def _show_together(document_ids: Sequence[int], outcome: Outcome, *, only: State | None, by: User | None) -> list[int]:
    """Render documents and store what changed; return those that were not public before.

    ``outcome`` is written at the end, when nothing can fail any more.
    """
    locked = _locked(document_ids)
    if only:
        locked = locked.filter(state=only)
    now = _now()
    began = timezone.now()
    failed: dict[int, str] = {}
    rendered = list(_rendered(locked, failed))
    shown = [each.document_id for each in rendered]
    _record(shown, State.PUBLISHED, by=by)
    hidden = Document.objects.filter(pk__in=shown).exclude(state=State.PUBLISHED)
    changed = list(hidden.values_list("pk", flat=True))
    hidden.update(
        state=State.PUBLISHED,
        state_reason="",
        published_at=Coalesce(F("published_at"), now),
        withdrawn_at=None,
        modified_at=began,
    )
    Document.objects.filter(pk__in=shown).update(refreshed_at=began)
    written = store(rendered, now=now)
    documents_changed.send(sender=None, document_ids=shown)
    outcome.representations += written
    outcome.documents += shown
    outcome.failed.update(failed)
    return changed


@contextmanager
def _failing_alone(pk: int, outcome: Outcome, what: str) -> Iterator[None]:
    """Whatever is wrong with one document is noted with it, and does not hold up the others."""
    try:
        yield
    except DATABASE_AWAY:
        raise
    except Exception as error:
        logger.exception("document with primary key %s %s", pk, what)
        outcome.failed[pk] = f"{what}: {error}"


def _remember(document_ids: Sequence[int], outcome: Outcome, began: datetime) -> None:
    """Write beside each document what is wrong with it, and strike out what is mended.

    In a field of its own: ``state_reason`` of a withdrawn document is shown to readers, an error never is. What
    failed counts as rendered when it was tried, so that nobody tries again before it is changed.
    """
    problems = outcome.problems
    for pk in document_ids:
        if pk in problems:
            Document.objects.filter(pk=pk).update(publication_error=problems[pk])
    Document.objects.filter(pk__in=[pk for pk in document_ids if pk in outcome.failed]).update(refreshed_at=began)
    mended = [pk for pk in document_ids if pk not in problems]
    Document.objects.filter(pk__in=mended).exclude(publication_error="").update(publication_error="")


def _rendered(documents: Iterable[Document], failed: dict[int, str]) -> Iterator[Rendered]:
    """Documents in every format; those that cannot be rendered are left out and stand in ``failed``."""
    by_identifier = {document.identifier: document.pk for document in documents}
    descriptions = describe(by_identifier.values())
    write_down(descriptions)
    for description in descriptions:
        pk = by_identifier[description.identifier]
        try:
            yield Rendered(pk, description.identifier, description.sets, tuple(render(description)))
        except DATABASE_AWAY:
            raise
        except Exception as error:
            logger.exception("document %s cannot be rendered", description.identifier)
            failed[pk] = f"cannot be rendered: {error}"


def _locked(document_ids: Iterable[int]) -> DocumentQuerySet:
    return Document.objects.select_for_update().filter(pk__in=list(document_ids)).order_by("pk")


def _now() -> datetime:
    """The time in whole seconds, which is as fine as a datestamp tells (OAI-PMH 2.0, section 3.3)."""
    return timezone.now().replace(microsecond=0)


def _batches(document_ids: Iterable[int]) -> Iterator[list[int]]:
    ids = list(document_ids)
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
