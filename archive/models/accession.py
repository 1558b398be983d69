"""Accessions: what was handed in, what was understood of it, and what became of it.

These rows are the truth about the work; a message in the queue is only a hint to look here.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.models.collection import Collection
from archive.models.document import Document
from archive.models.page import private_storage


class AccessionState(models.TextChoices):
    """How an accession stands."""

    QUEUED = "queued", "queued"
    RUNNING = "running", "running"
    DONE = "done", "done"
    DONE_WITH_ERRORS = "done_with_errors", "done with errors"
    FAILED = "failed", "failed"
    CANCELLED = "cancelled", "cancelled"


class Accession(models.Model):
    """One handing-in of one or more sources."""

    State = AccessionState

    state = models.CharField(max_length=20, choices=AccessionState, default=AccessionState.QUEUED)
    #: Publish each document as soon as it is in.
    publish = models.BooleanField(default=False)
    collection = models.ForeignKey(Collection, models.SET_NULL, null=True, blank=True, related_name="accessions")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="accessions"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    #: What the columns of its tables mean, as the mapping said when they were handed in; empty without one.
    mapping = models.JSONField(default=dict, blank=True, editable=False)
    #: No further file is taken up, and the accession is cancelled once the files in work are done.
    cancel_requested = models.BooleanField(default=False, editable=False)
    #: While a worker finishes the accession, that is, publishes what came in.
    lease_expires_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Accession {self.pk}"


class Original(models.Model):
    """A source, byte for byte as it came. The same bytes are kept once."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    file = models.FileField(storage=private_storage, max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.sha256[:12]


class ItemState(models.TextChoices):
    """How an item stands; the last six are final."""

    QUEUED = "queued", "queued"
    #: A worker has it, until its lease expires.
    TAKEN = "taken", "in work"
    CREATED = "created", "came in"
    UPDATED = "updated", "updated a document"
    KNOWN = "known", "known already"
    REFUSED = "refused", "refused"
    FAILED = "failed", "failed"
    #: The accession was cancelled before anybody came to this file.
    CANCELLED = "cancelled", "not taken in"


class AccessionItem(models.Model):
    """One document of an accession on its way in.

    Taken under a lease and finished in the transaction that writes its document: a worker that dies in the
    middle leaves an expired lease and nothing else.
    """

    State = ItemState
    OPEN = (ItemState.QUEUED, ItemState.TAKEN)

    accession = models.ForeignKey(Accession, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    #: Which of the source's documents, from 0.
    part = models.PositiveIntegerField(default=0)
    #: The file's name as it was handed in.
    name = models.CharField(max_length=500)
    original = models.ForeignKey(Original, models.PROTECT, related_name="items")
    state = models.CharField(max_length=20, choices=ItemState, default=ItemState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    #: Why it was refused or failed, for an archivist.
    reason = models.TextField(blank=True)
    reader = models.CharField(max_length=50, blank=True)
    reader_version = models.CharField(max_length=20, blank=True)
    #: What was understood: ``{"fields": [...], "segments": [...], "notices": [...]}``, see archive.drafts.
    understood = models.JSONField(default=dict, blank=True)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="accession_items")
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["accession_id", "position", "part"]
        constraints = [
            models.UniqueConstraint(fields=["accession", "position", "part"], name="archive_item_position_once")
        ]
        indexes = [models.Index(fields=["state", "lease_expires_at"], name="archive_item_by_lease")]

    def __str__(self) -> str:
        return self.name
