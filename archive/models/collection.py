"""Collections: what the archive puts together for its readers; OAI sets and IIIF collections."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from archive.compiled import Compiled


class CollectionQuerySet(models.QuerySet["Collection"]):
    """Collections, seen by who may see them."""

    def public(self) -> CollectionQuerySet:
        """The collections with a public document in them or below them: the one rule that every public door asks.

        Before that, a title may tell of documents that are not public yet. Asks for the tree beforehand, in
        one small query, because collections are few.
        """
        return self.filter(pk__in=shown())


class Collection(models.Model):
    """A named group of documents. Collections form a tree."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    objects = CollectionQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="archive_collection_is_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.title


def shown() -> set[int]:
    """Primary keys of the public collections: those that hold something public, and all above them."""
    rows = list(_holding())
    parents = {pk: parent for pk, parent, _ in rows}
    found: set[int] = set()
    for pk, _, holds in rows:
        current: int | None = pk if holds else None
        while current is not None and current not in found:
            found.add(current)
            current = parents.get(current)
    return found


def _with_what_they_hold() -> models.QuerySet[Collection, Any]:
    from archive.models.document import Document  # which imports this module

    public = Document.objects.public().filter(collections=OuterRef("pk")).order_by()
    return Collection.objects.order_by().values_list("pk", "parent_id", Exists(public))


_holding = Compiled(_with_what_they_hold)
