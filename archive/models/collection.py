"""Collections: what the archive puts together for its readers; OAI sets and IIIF collections."""

from __future__ import annotations

from django.db import models


class Collection(models.Model):
    """A named group of documents. Collections form a tree."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

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
