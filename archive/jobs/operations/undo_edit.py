"""Undo an edit."""

from __future__ import annotations

from collections.abc import Sequence

from archive import history
from archive.jobs.operations.base import Outcome, Work, last_numbers
from archive.jobs.operations.undoing import LATER, Undoing


class UndoEdit(Undoing):
    """Restore the revision before the job, where it is still the job's own that is the last."""

    name = "undo_edit"
    subject = "description"

    def apply(self, document_ids: Sequence[int], work: Work) -> Outcome:
        """Restore; a document that somebody has changed since is left as it is."""
        items = self.items(document_ids)
        history.keep(items)  # what was changed in other ways becomes a revision, and counts as a change
        last = last_numbers(list(items))
        outcome = Outcome()
        for pk in document_ids:
            item = items.get(pk)
            if item is None or item.revision_before is None or last.get(pk) != item.revision_after:
                outcome.unchanged[pk] = LATER
                continue
            try:
                history.restore(pk, item.revision_before, by=work.by)
            except history.RestoreRefused as refusal:
                outcome.failed[pk] = str(refusal)
            else:
                outcome.changed[pk] = ""
        outcome.revisions = {pk: (last[pk], new) for pk, new in last_numbers(list(outcome.changed)).items()}
        return outcome
