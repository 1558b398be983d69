"""Undo a withdrawal."""

from __future__ import annotations

from collections.abc import Sequence

from archive import review
from archive.jobs.operations.base import Outcome, Work
from archive.jobs.operations.publish import Publish
from archive.jobs.operations.undoing import LATER, Undoing
from archive.models import Document
from archive.models.document import State


class UndoWithdraw(Undoing):
    """Publish anew what a job withdrew."""

    name = "undo_withdraw"
    permission = "archive.publish_document"
    subject = "state"
    batch = Publish.batch
    atomic = False
    edits = False

    def words(self, documents: Sequence[Document]) -> dict[int, tuple[str, str]]:
        """The state before and after."""
        return {each.pk: (each.get_state_display(), State.PUBLISHED.label) for each in documents}

    def apply(self, document_ids: Sequence[int], work: Work) -> Outcome:
        """Publish those whose state nobody changed since, other than an earlier try of this job."""
        items = self.items(document_ids)
        moments = {pk: item.finished_at for pk, item in items.items() if item.finished_at}
        later = review.changed_since(moments) - review.changed_by(document_ids, by=work.by, since=work.since)
        outcome = Publish().apply([pk for pk in items if pk not in later], work)
        outcome.unchanged.update({pk: LATER for pk in document_ids if pk not in items or pk in later})
        return outcome
