"""One collection, named by the parameters of an operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Exists, OuterRef

from archive.jobs.operations.base import BadParameters, Edit, required
from archive.models import Collection, Document

Membership = Document.collections.through


@dataclass(frozen=True, slots=True)
class CollectionEdit(Edit):
    """An operation on who is in a collection."""

    collection: Collection

    subject = "collections"

    @classmethod
    def parse(cls, parameters: Mapping[str, Any]) -> Self:
        """With the collection itself."""
        required(parameters, "collection")
        collection = Collection.objects.filter(pk=parameters["collection"]).first()
        if collection is None:
            raise BadParameters(f"The collection with the number {parameters['collection']} is not there any more.")
        return cls(collection)

    def parameters(self) -> dict[str, Any]:
        """The collection's primary key."""
        return {"collection": self.collection.pk}

    def holding(self) -> Exists:
        """The condition that a document is in the collection."""
        return Exists(Membership.objects.filter(document=OuterRef("pk"), collection=self.collection))

    def held(self, documents: Sequence[Document]) -> dict[int, list[str]]:
        """The titles of all collections that documents are in."""
        found: dict[int, list[str]] = {document.pk: [] for document in documents}
        rows = Membership.objects.filter(document__in=found).order_by("collection__title", "collection_id")
        for pk, title in rows.values_list("document_id", "collection__title"):
            found[pk].append(title)
        return found
