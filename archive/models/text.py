"""Texts: what a document says, in each language held."""

from __future__ import annotations

from django.db import models

from archive.models.document import Document


class TextKind(models.TextChoices):
    """How a text stands to the document."""

    ORIGINAL = "original", "original"
    TRANSCRIPT = "transcript", "transcript"
    TRANSLATION = "translation", "translation"


class Text(models.Model):
    """The words of a document in one language. ``body`` is kept as it came, line breaks included."""

    Kind = TextKind

    document = models.ForeignKey(Document, models.CASCADE, related_name="texts")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=TextKind, default=TextKind.TRANSCRIPT)
    #: BCP 47 tag; empty where nobody knows.
    language = models.CharField(max_length=35, blank=True)
    body = models.TextField()
    derived_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="derivatives")

    class Meta:
        ordering = ["document_id", "order", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language or 'language unknown'})"
