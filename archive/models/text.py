"""Texts: what a document says, in each language held."""

from __future__ import annotations

from django.db import models

from archive.models.document import Document


class TextKind(models.TextChoices):
    """How a text stands to the document."""

    ORIGINAL = "original", "original"
    TRANSCRIPT = "transcript", "transcript"
    TRANSLATION = "translation", "translation"
    #: What it says in short, beside ``Document.summary``: in another language, or by somebody else. An abstract, and
    #: none of the words of the document.
    SUMMARY = "summary", "summary"


class TextMethod(models.TextChoices):
    """How a text came about."""

    UNKNOWN = "", "not known"
    HUMAN = "human", "by a person"
    MACHINE = "machine", "by a machine"
    #: Made by a machine and corrected by a person.
    REVISED = "revised", "by a machine, corrected by a person"


class Text(models.Model):
    """The words of a document in one language. ``body`` is kept as it came, line breaks included."""

    Kind = TextKind

    document = models.ForeignKey(Document, models.CASCADE, related_name="texts")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=TextKind, default=TextKind.TRANSCRIPT)
    #: BCP 47 tag; empty where nobody knows.
    language = models.CharField(max_length=35, blank=True)
    body = models.TextField()
    method = models.CharField(max_length=20, choices=TextMethod, blank=True, default=TextMethod.UNKNOWN)
    #: Who transcribed or translated it, or which program did.
    made_by = models.CharField(max_length=300, blank=True)
    #: The address of a licence, where the text has one of its own.
    licence_uri = models.URLField(max_length=500, blank=True)
    derived_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="derivatives")

    class Meta:
        ordering = ["document_id", "order", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=TextKind.values), name="archive_text_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(method__in=TextMethod.values), name="archive_text_method_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(derived_from__isnull=True) | ~models.Q(derived_from=models.F("id")),
                name="archive_text_is_not_derived_from_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language or 'language unknown'})"
