"""Revisions: what a document, or a thing that documents refer to, said at each moment at which somebody changed it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models.document import Document


class Version(models.Model):
    """The whole of something, its parts included, after one act. Written by archive.history, and never changed."""

    #: 1, 2, 3 … for each thing.
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
        abstract = True

    def __str__(self) -> str:
        return f"Version {self.number}"


class Revision(Version):
    """A document after one act."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="revisions")

    class Meta:
        ordering = ["document_id", "-number"]
        default_permissions = ()  # seen and restored by who may see and change the document
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="archive_revision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="archive_revision_counts_from_one"),
        ]


class EntityKind(models.TextChoices):
    """What documents refer to; the name of its model."""

    AGENT = "agent", "agent"
    PLACE = "place", "place"
    CONCEPT = "concept", "concept"
    SCHEME = "conceptscheme", "concept scheme"
    UNIT = "archivalunit", "archival unit"
    COLLECTION = "collection", "collection"


class EntityRevision(Version):
    """An agent, a place, a concept, a scheme, an archival unit or a collection after one act.

    It outlives the thing: who deleted nothing but a name can still read what it was.
    """

    Kind = EntityKind

    kind = models.CharField(max_length=20, choices=EntityKind)
    #: Primary key, in the table that ``kind`` names.
    key = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["kind", "key", "-number"]
        default_permissions = ()  # seen and restored by who may see and change the thing
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "number"], name="archive_entity_revision_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="archive_entity_revision_counts_from_one"),
            models.CheckConstraint(
                condition=Q(kind__in=EntityKind.values), name="archive_entity_revision_kind_is_known"
            ),
        ]
