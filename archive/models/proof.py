"""Proofs: documents rendered for those who look before the public may; never served to anybody else."""

from __future__ import annotations

from django.db import models

from archive.models.document import Document


class Proof(models.Model):
    """A document in one format as publishing it would make it. Asked for in the admin, made by a worker."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="proofs")
    #: Name of the format, as in Representation.
    format = models.CharField(max_length=50)
    asked_at = models.DateTimeField()
    #: NULL until a worker has made it.
    made_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField(blank=True)
    #: Characters behind the text that are not kept.
    cut_off = models.PositiveIntegerField(default=0)
    #: Why there is no text.
    problem = models.TextField(blank=True)

    class Meta:
        default_permissions = ()  # seen by who may see the document
        constraints = [models.UniqueConstraint(fields=["document", "format"], name="archive_proof_once")]
        indexes = [models.Index(fields=["asked_at"], name="archive_proof_by_time")]

    def __str__(self) -> str:
        return f"{self.document_id} as {self.format}"
