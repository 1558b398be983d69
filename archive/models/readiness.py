"""Readiness: what a document still lacks for those who aggregate it."""

from __future__ import annotations

from django.db import models

from archive.models.document import Document


class Readiness(models.Model):
    """How one document stands with one profile, as it was last assessed; see archive.readiness."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="readiness")
    profile = models.CharField(max_length=50)
    #: Whether nothing is lacking that the aggregator insists on.
    ready = models.BooleanField()
    #: Names of the requirements that are not met, the indispensable ones first.
    lacking = models.JSONField(default=list)

    class Meta:
        ordering = ["document_id", "profile"]
        verbose_name_plural = "readiness"
        constraints = [models.UniqueConstraint(fields=["document", "profile"], name="archive_readiness_once")]
        # The list is filtered by it: the documents come out of the index.
        indexes = [models.Index(fields=["profile", "ready", "document"], name="archive_readiness_by_profile")]

    def __str__(self) -> str:
        return f"{self.document_id} for {self.profile}"
