"""Relations between documents."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from archive.models.document import Document


class DocumentRelationKind(models.TextChoices):
    """How one document stands to another."""

    REPLY_TO = "reply to", "is a reply to"
    REFERS_TO = "refers to", "refers to"
    VERSION_OF = "version of", "is a version of"
    ENCLOSED_IN = "enclosed in", "is enclosed in"


class DocumentRelation(models.Model):
    """That one document stands in some relation to another."""

    Kind = DocumentRelationKind

    document = models.ForeignKey(Document, models.CASCADE, related_name="relations")
    target = models.ForeignKey(Document, models.PROTECT, related_name="inverse_relations")
    kind = models.CharField(max_length=20, choices=DocumentRelationKind)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["document_id", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["document", "target", "kind"], name="archive_document_relation_once"),
            models.CheckConstraint(condition=~Q(document=F("target")), name="archive_document_relation_to_another"),
            models.CheckConstraint(
                condition=Q(kind__in=DocumentRelationKind.values), name="archive_document_relation_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.target}"
