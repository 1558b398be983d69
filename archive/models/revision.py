"""Revisions: what a document said at each moment at which somebody changed it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.models.document import Document


class Revision(models.Model):
    """The whole of a document, its parts included, after one act. Written by archive.history, and never changed."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="revisions")
    #: 1, 2, 3 … for each document.
    number = models.PositiveIntegerField()
    #: What was done, in a word or two: created, accession, edited, restored.
    act = models.CharField(max_length=30)
    note = models.CharField(max_length=500, blank=True)
    #: NULL where a task did it, or a command.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    #: ``{"fields": {…}, "rows": {"texts": [{…}, …], …}, "names": {…}, "keys": {…}}``, see archive.history.contents.
    contents = models.JSONField()
    #: SHA-256 of fields and rows in hexadecimal.
    checksum = models.CharField(max_length=64)

    class Meta:
        ordering = ["document_id", "-number"]
        default_permissions = ()  # seen and restored by who may see and change the document
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="archive_revision_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="archive_revision_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"
