"""Concepts: what documents are about and what kind they are of, in schemes after SKOS."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from archive.models.authority import Authority, Label


class ConceptScheme(models.Model):
    """A vocabulary: subjects, document types, or another archive's."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    #: The address of the vocabulary where it is somebody else's.
    uri = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["title", "id"]

    def __str__(self) -> str:
        return self.title


class Concept(Authority):
    """A concept of a scheme, under its preferred label in the archive's main language."""

    scheme = models.ForeignKey(ConceptScheme, models.PROTECT, related_name="concepts")
    name = models.CharField(max_length=300, db_index=True)
    notation = models.CharField(max_length=100, blank=True)
    broader = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="narrower")
    related = models.ManyToManyField("self", symmetrical=True, blank=True)

    class Meta(Authority.Meta):
        ordering = ["name", "id"]
        constraints = [
            *Authority.Meta.constraints,
            models.UniqueConstraint(
                fields=["scheme", "name"], condition=Q(merged_into__isnull=True), name="archive_concept_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LabelKind(models.TextChoices):
    """How a label stands to its concept (SKOS, section 5)."""

    PREFERRED = "preferred", "preferred"
    ALTERNATIVE = "alternative", "alternative"
    #: For finding only; never shown.
    HIDDEN = "hidden", "hidden"


class ConceptLabel(Label):
    """A further label of a concept; at most one preferred one for each language (SKOS, S14)."""

    Kind = LabelKind

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="labels")
    kind = models.CharField(max_length=20, choices=LabelKind, default=LabelKind.ALTERNATIVE)

    class Meta:
        ordering = ["concept_id", "kind", "value"]
        constraints = [
            models.UniqueConstraint(fields=["concept", "value", "language"], name="archive_concept_label_once"),
            models.CheckConstraint(condition=Q(kind__in=LabelKind.values), name="archive_concept_label_kind_is_known"),
            models.UniqueConstraint(
                fields=["concept", "language"],
                condition=Q(kind=LabelKind.PREFERRED),
                name="archive_concept_one_preferred_label",
            ),
        ]
