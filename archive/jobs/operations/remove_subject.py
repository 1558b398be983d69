"""Remove a subject."""

from __future__ import annotations

from collections.abc import Sequence

from archive.jobs.operations.subjects import SubjectEdit
from archive.models import Document, Subject
from archive.models.document import DocumentQuerySet


class RemoveSubject(SubjectEdit):
    """Take an agent, a concept or a place from documents; the authority itself stays."""

    name = "remove_subject"
    title = "Remove a subject"
    unchanged_because = "Does not have this subject."

    @property
    def label(self) -> str:
        """What it does."""
        return f"Remove the subject: {self.phrase}"

    def wanting(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        """Those that have it."""
        return documents.filter(self.holding())

    def words(self, documents: Sequence[Document]) -> dict[int, tuple[str, str]]:
        """All subjects, with it and without."""
        return {
            pk: ("; ".join(held), "; ".join(each for each in held if each != self.phrase))
            for pk, held in self.held(documents).items()
        }

    def change(self, document_ids: Sequence[int]) -> None:
        """Delete the rows."""
        Subject.objects.filter(
            document__in=document_ids, relation=self.relation, **{self.kind: self.authority.pk}
        ).delete()
