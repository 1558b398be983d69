"""Undo a publication."""

from __future__ import annotations

from collections.abc import Sequence

from archive import publication, review
from archive.jobs.operations.base import Outcome, Work
from archive.jobs.operations.undoing import LATER, Undoing

REASON = "Was published by mistake."
NOT_PUBLIC = "Is not public: it was held back by its embargo, which a person can change."


class UndoPublish(Undoing):
    """Withdraw what a job published. What the world has seen cannot become a draft again."""

    name = "undo_publish"
    permission = "archive.withdraw_document"
    subject = "state"
    edits = False

    def apply(self, document_ids: Sequence[int], work: Work) -> Outcome:
        """Withdraw those whose state nobody changed since. One that is held back was never public, and stays so."""
        items = self.items(document_ids)
        later = review.changed_since({pk: item.finished_at for pk, item in items.items() if item.finished_at})
        mine = [pk for pk in items if pk not in later]
        done = set(publication.withdraw(mine, reason=REASON, by=work.by).documents)
        return Outcome(
            changed={pk: "" for pk in document_ids if pk in done},
            unchanged={pk: NOT_PUBLIC if pk in mine else LATER for pk in document_ids if pk not in done},
        )
