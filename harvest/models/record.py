"""Records: what is known of each that a source has given, beside the document that it became."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from archive.models import Accession
from harvest.models.run import HarvestRun
from harvest.models.source import HarvestSource


class Deletion(models.TextChoices):
    """What became of the document after the record was deleted at its source."""

    NONE = "", "not deleted"
    #: Until the accession that brings the document in is closed.
    PENDING = "pending", "to be looked at"
    WITHDRAWN = "withdrawn", "document withdrawn"
    REPORTED = "reported", "reported, document left as it is"
    NOTHING = "nothing", "no public document"


class HarvestedRecord(models.Model):
    """One record of one source. Its document is the one whose identity is ``oai:`` and the identifier."""

    Deletion = Deletion

    source = models.ForeignKey(HarvestSource, models.PROTECT, related_name="records")
    #: The OAI identifier (section 2.4). Whichever source gave it first keeps it.
    identifier = models.CharField(max_length=500, unique=True)
    #: Of the record's header, as it stands there.
    datestamp = models.CharField(max_length=20)
    #: Where it came from then; the source may have moved since.
    base_url = models.CharField(max_length=500)
    metadata_namespace = models.CharField(max_length=500, blank=True)
    #: SHA-256 of the metadata in canonical form: by it a record is known to be as it was.
    digest = models.CharField(max_length=64, blank=True)
    #: What the record itself told of where it came from, the nearest first: a list like ``Provenance``.
    origins = models.JSONField(default=list, blank=True)
    harvested_at = models.DateTimeField()
    #: The run that saw it last, and the accession that it was handed in with last.
    run = models.ForeignKey(HarvestRun, models.SET_NULL, null=True, related_name="+")
    accession = models.ForeignKey(Accession, models.SET_NULL, null=True, blank=True, related_name="+")
    deletion = models.CharField(max_length=20, choices=Deletion, default=Deletion.NONE, blank=True)

    class Meta:
        ordering = ["source_id", "identifier"]
        indexes = [
            models.Index(fields=["source", "id"], condition=Q(deletion="pending"), name="harvest_record_deletions"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(deletion__in=Deletion.values), name="harvest_deletion_is_known"),
        ]

    def __str__(self) -> str:
        return self.identifier
