"""Archival references: where a document, or a copy of it, is kept."""

from __future__ import annotations

from django.db import models

from archive.models.document import Document
from archive.models.unit import ArchivalUnit


class ArchivalReference(models.Model):
    """One place in one archive. Codes are strings: ``059a`` and ``0085`` are no numbers.

    ``verbatim`` is what counts for a citation; the parts are what was understood of it.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="references")
    order = models.PositiveSmallIntegerField(default=0)
    #: The deepest unit of the archival tree that the reference leads to, where that was understood.
    unit = models.ForeignKey(ArchivalUnit, models.PROTECT, null=True, blank=True, related_name="references")
    repository = models.CharField(max_length=200, blank=True)
    fond = models.CharField(max_length=50, blank=True)
    opis = models.CharField(max_length=50, blank=True)
    delo = models.CharField(max_length=50, blank=True)
    papka = models.CharField(max_length=50, blank=True)
    listy = models.CharField(max_length=100, blank=True)
    verbatim = models.TextField()
    understood = models.BooleanField(default=True)

    class Meta:
        ordering = ["document_id", "order", "id"]
        indexes = [models.Index(fields=["repository", "fond", "opis", "delo"], name="archive_reference_by_code")]

    def __str__(self) -> str:
        return self.verbatim
