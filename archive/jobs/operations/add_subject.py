"""Add a subject."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Max

from archive.jobs.operations.subjects import SubjectEdit
from archive.models import Document, Subject
from archive.models.document import DocumentQuerySet


class AddSubject(SubjectEdit):
    """Give documents an agent, a concept or a place, after the subjects that they have."""

    name = "add_subject"
    title = "Add a subject"
    unchanged_because = "Has this subject already."

    @property
    def label(self) -> str:
        """What it does."""
        return f"Add the subject: {self.phrase}"

    def wanting(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        """Those that do not have it."""
        return documents.filter(~self.holding())

    def words(self, documents: Sequence[Document]) -> dict[int, tuple[str, str]]:
        """All subjects, and the new one behind them."""
        return {
            pk: ("; ".join(held), "; ".join(held if self.phrase in held else [*held, self.phrase]))
            for pk, held in self.held(documents).items()
        }

    def change(self, document_ids: Sequence[int]) -> None:
        """Write the rows."""
        rows = Subject.objects.filter(document__in=document_ids).order_by().values_list("document_id")
        last: dict[int, int] = dict(rows.annotate(Max("order")))
        Subject.objects.bulk_create(
            Subject(document_id=pk, relation=self.relation, order=last.get(pk, -1) + 1, **{self.kind: self.authority})
            for pk in document_ids
        )
