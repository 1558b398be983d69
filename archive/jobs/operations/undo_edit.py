"""Undo an edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import F, OuterRef, QuerySet, Subquery

from archive import history
from archive.jobs.operations.base import Outcome, Work, last_numbers
from archive.jobs.operations.undoing import LATER, Undoing
from archive.models import Document, JobItem, Revision


class UndoEdit(Undoing):
    """Restore the revision before the job, where it is still the job's own that is the last."""

    name = "undo_edit"
    subject = "description"

    def as_left(self) -> QuerySet[JobItem]:
        """Those whose last revision is the job's."""
        last = Revision.objects.filter(document=OuterRef("document")).order_by("-number").values("number")
        done = self.job.items.filter(state=JobItem.State.DONE, revision_before__isnull=False)
        return done.annotate(last=Subquery(last[:1])).filter(last=F("revision_after"))

    def words(self, documents: Sequence[Document]) -> dict[int, tuple[str, str]]:
        """What is different between the revisions after the job and before it."""
        items = self.items([each.pk for each in documents])
        numbers = {number or 0 for item in items.values() for number in (item.revision_before, item.revision_after)}
        rows = Revision.objects.filter(document__in=items, number__in=numbers)
        contents = {(pk, number): held for pk, number, held in rows.values_list("document_id", "number", "contents")}
        return {
            pk: _said(
                history.difference(contents[pk, item.revision_after or 0], contents[pk, item.revision_before or 0])
            )
            for pk, item in items.items()
        }

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


def _said(changes: Iterable[history.Change]) -> tuple[str, str]:
    """All that changes in one line, before and after; a part has one row a line."""
    sides = ([], [])  # type: tuple[list[str], list[str]]
    for change in changes:
        for side, words in zip(sides, (change.before, change.after), strict=True):
            side += [f"{change.what}: {line}" for line in words.splitlines()]
    return "; ".join(sides[0]), "; ".join(sides[1])
