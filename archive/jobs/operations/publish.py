"""Publish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.db.models import Q
from django.utils import timezone

from archive import publication
from archive.jobs.operations.base import Operation, Outcome, Work
from archive.models import Document, StateChange
from archive.models.document import DocumentQuerySet, State


class Publish(Operation):
    """Make documents public; those under embargo wait for its end."""

    name = "publish"
    title = "Publish"
    permission = "archive.publish_document"
    undo_with = "undo_publish"
    subject = "state"
    #: Typesetting takes a tenth of a second a page, and a batch has to be done within a lease.
    batch = 20
    atomic = False
    edits = False
    unchanged_because = "Is published already."

    @classmethod
    def parse(cls, parameters: Mapping[str, Any]) -> Self:
        """There is nothing to say."""
        return cls()

    def parameters(self) -> dict[str, Any]:
        """None."""
        return {}

    @property
    def label(self) -> str:
        """What it does."""
        return "Publish"

    def wanting(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        """Those that are not public, or not any more."""
        waits = Q(state=State.EMBARGOED, embargo_until__gt=timezone.localdate())
        return documents.exclude(Q(state=State.PUBLISHED) | waits)

    def words(self, documents: Sequence[Document]) -> dict[int, tuple[str, str]]:
        """The state before and after."""
        return {each.pk: (each.get_state_display(), _later(each)) for each in documents}

    def apply(self, document_ids: Sequence[int], work: Work) -> Outcome:
        """Publish; a document that an earlier try of this job published counts as changed by it."""
        done = publication.publish(document_ids, by=work.by, on_progress=work.heartbeat)
        changes = StateChange.objects.filter(document__in=document_ids, at__gte=work.since, by=work.by)
        became = dict(changes.order_by("at", "id").values_list("document_id", "after"))
        held = {pk for pk in document_ids if became.get(pk) == State.EMBARGOED}
        shown = {pk for pk in document_ids if became.get(pk) == State.PUBLISHED}
        outcome = Outcome(failed=dict(done.failed))
        for pk in document_ids:
            if pk in held:
                outcome.changed[pk] = "Approved, and held back until the end of its embargo."
            elif pk in shown:
                outcome.changed[pk] = ""
            elif pk not in done.failed:
                outcome.unchanged[pk] = self.unchanged_because
        outcome.warned = {pk: f"Published without page images: {why}" for pk, why in done.without_pages.items()}
        return outcome


def _later(document: Document) -> str:
    held_back = document.embargo_until and document.embargo_until > timezone.localdate()
    return State.EMBARGOED.label if held_back else State.PUBLISHED.label
