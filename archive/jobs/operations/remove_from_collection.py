"""Remove from a collection."""

from __future__ import annotations

from collections.abc import Sequence

from archive.jobs.operations.collections import CollectionEdit, Membership
from archive.models import Document
from archive.models.document import DocumentQuerySet


class RemoveFromCollection(CollectionEdit):
    """Take documents out of a collection."""

    name = "remove_from_collection"
    title = "Remove from a collection"
    unchanged_because = "Is not in this collection."

    @property
    def label(self) -> str:
        """What it does."""
        return f"Remove from the collection: {self.collection}"

    def wanting(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        """Those that are in it."""
        return documents.filter(self.holding())

    def words(self, documents: Sequence[Document]) -> dict[int, tuple[str, str]]:
        """All collections, with this one and without."""
        title = self.collection.title
        return {
            pk: ("; ".join(held), "; ".join(each for each in held if each != title))
            for pk, held in self.held(documents).items()
        }

    def change(self, document_ids: Sequence[int]) -> None:
        """Delete the rows."""
        Membership.objects.filter(document__in=document_ids, collection=self.collection).delete()
