"""Stored queries: sets that hold whatever answers a question, for as long as it does."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from archive.models.collection import Collection
from archive.models.unit import ArchivalUnit


class StoredQuery(models.Model):
    """A question to the public documents, kept under a name. All that it says must hold of a document.

    What it can say is what the list of documents can be filtered by. A query within another one finds only what
    that one finds too. Harvesters know it as the set ``query:{slug}``, below the slug of the one that it is within.
    """

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=500)
    description = models.TextField(blank=True)
    within = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="narrower")
    #: As typed into the search of the list: every word, or a part of one, stands somewhere.
    words = models.CharField(max_length=300, blank=True)
    collection = models.ForeignKey(Collection, models.PROTECT, null=True, blank=True, related_name="stored_queries")
    unit = models.ForeignKey(ArchivalUnit, models.PROTECT, null=True, blank=True, related_name="stored_queries")
    original_language = models.CharField(max_length=35, blank=True)
    dated_from = models.DateField(null=True, blank=True)
    dated_to = models.DateField(null=True, blank=True)
    #: Days. The answers move by themselves.
    published_within = models.PositiveSmallIntegerField(null=True, blank=True)
    #: Whether it has a page and a feed of its own, beside the set for harvesters.
    for_readers = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)
    #: When documents were last compared with it; NULL while that is still to be done after a change.
    followed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "stored queries"
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(within__isnull=True) | ~Q(within=F("id")), name="archive_query_is_not_within_itself"
            ),
            models.CheckConstraint(
                condition=Q(dated_from__isnull=True) | Q(dated_to__isnull=True) | Q(dated_from__lte=F("dated_to")),
                name="archive_query_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title
