"""Add to a collection."""

from __future__ import annotations

from collections.abc import Sequence

from archive.jobs.operations.collections import CollectionEdit, Membership
from archive.models import Document
from archive.models.document import DocumentQuerySet


class AddToCollection(CollectionEdit):
    """Put documents into a collection."""

    name = "add_to_collection"
    title = "Add to a collection"
    unchanged_because = "Is in this collection already."

    @property
    def label(self) -> str:
        """What it does."""
        return f"Add to the collection: {self.collection}"

    def wanting(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        """Those that are not in it."""
        return documents.filter(~self.holding())

    def words(self, documents: Sequence[Document]) -> dict[int, tuple[str, str]]:
        """All collections, and this one."""
        title = self.collection.title
        return {
            pk: ("; ".join(held), "; ".join(held if title in held else [*held, title]))
            for pk, held in self.held(documents).items()
        }

    def change(self, document_ids: Sequence[int]) -> None:
        """Write the rows."""
        Membership.objects.bulk_create(
            (Membership(document_id=pk, collection_id=self.collection.pk) for pk in document_ids),
            ignore_conflicts=True,
        )
