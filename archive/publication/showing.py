"""Showing: documents rendered, stored, and made public with what was rendered, in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from archive.away import DATABASE_AWAY
from archive.description import describe
from archive.models import Document
from archive.models.document import State
from archive.publication import moments
from archive.publication.batches import locked
from archive.publication.beside import lock_with_beside, mark_beside
from archive.publication.outcome import Outcome, failing_alone
from archive.publication.states import write_step
from archive.readiness import write_down
from archive.representations import Rendered, compare, render, write
from archive.signals import documents_changed
from archive.staleness import mark_named_by, mark_units_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)


def show(document_ids: Sequence[int], outcome: Outcome, *, only: State | None = None, by: User | None = None) -> None:
    """Let everybody see documents; with ``only``, just those in that state.

    All in one transaction. Where one of them makes that fail, each goes in a transaction of its own, so that
    the fault is known and the others are shown.
    """
    try:
        _show_together(document_ids, outcome, only=only, by=by)
    except DATABASE_AWAY:
        raise
    except Exception:
        logger.exception("one of these documents cannot be shown, each is tried alone: %s", document_ids)
        for pk in document_ids:
            with failing_alone(pk, outcome, "cannot be shown"):
                _show_together([pk], outcome, only=only, by=by)


@transaction.atomic
def _show_together(document_ids: Sequence[int], outcome: Outcome, *, only: State | None, by: User | None) -> None:
    """Render documents and store what changed; what names those that changed, and may say their titles, is stale then.

    ``outcome`` is written at the end, when nothing can fail any more.
    """
    lock_with_beside(document_ids)
    documents = locked(document_ids)
    if only:
        documents = documents.filter(state=only)
    now = moments.now()
    began = timezone.now()
    failed: dict[int, str] = {}
    rendered = list(_rendered(documents, failed))
    shown = [each.pk for each in rendered]
    write_step(shown, State.PUBLISHED, by=by)
    hidden = Document.objects.filter(pk__in=shown).exclude(state=State.PUBLISHED)
    new = set(hidden.values_list("pk", flat=True))
    hidden.update(
        state=State.PUBLISHED,
        state_reason="",
        published_at=Coalesce(F("published_at"), now),
        withdrawn_at=None,
        modified_at=began,
    )
    Document.objects.filter(pk__in=shown).update(refreshed_at=began)
    documents_changed.send(sender=None, document_ids=shown)
    difference = compare(rendered)
    beside = mark_beside(new | difference.pks)
    changed = Document.objects.filter(pk__in=new | difference.pks)
    mark_units_of(changed)
    mark_named_by(changed)
    outcome.representations += write(difference)  # last, as it asks to be
    outcome.beside += beside
    outcome.documents += shown
    outcome.failed.update(failed)


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
