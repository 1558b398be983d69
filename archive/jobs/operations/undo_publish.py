"""Undo a publication."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from archive import publication, review
from archive.jobs.operations.base import Outcome, Work
from archive.jobs.operations.undoing import LATER, Undoing
from archive.models import Document, JobItem
from archive.models.document import State

REASON = "Was published by mistake."
NOT_PUBLIC = "Is not public: it was held back by its embargo, which a person can change."


class UndoPublish(Undoing):
    """Withdraw what a job published. What the world has seen cannot become a draft again."""

    name = "undo_publish"
    permission = "archive.withdraw_document"
    subject = "state"
    batch = publication.AT_ONCE
    at_once = True
    edits = False

    def as_left(self) -> QuerySet[JobItem]:
        """Those that are public: one that was held back by its embargo stays so."""
        return super().as_left().filter(document__state=State.PUBLISHED)

    def words(self, documents: Sequence[Document]) -> dict[int, tuple[str, str]]:
        """The state before and after."""
        return {each.pk: (each.get_state_display(), State.WITHDRAWN.label) for each in documents}

    def apply(self, document_ids: Sequence[int], work: Work) -> Outcome:
        """Withdraw those whose state nobody changed since. One that is held back was never public, and stays so."""
        items = self.items(document_ids)
        later = review.changed_since({pk: item.finished_at for pk, item in items.items() if item.finished_at})
        mine = [pk for pk in items if pk not in later]
        withdrawn = publication.withdraw(mine, reason=REASON, by=work.by)
        done = set(withdrawn.documents)
        return Outcome(
            beside=withdrawn.beside,
            changed={pk: "" for pk in document_ids if pk in done},
            unchanged={pk: NOT_PUBLIC if pk in mine else LATER for pk in document_ids if pk not in done},
        )
