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
    #: Read and rehearsed by a worker; nothing is entered until somebody says so.
    LOOKED_AT = "looked_at", "looked at, waits for a decision"
    DISCARDED = "discarded", "discarded after a look"
    #: Read and rehearsed by a worker, as was asked for; nothing can be entered any more.
    REHEARSED = "rehearsed", "rehearsed, nothing came in"
    UNDONE = "undone", "undone"


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

    #: Its documents are rehearsed, and wait then until somebody takes them in.
    look_first = models.BooleanField(default=False, editable=False)
    #: Nothing is to come of it but its report: it ends when its documents are rehearsed. Said together with look_first.
    dry_run = models.BooleanField(default=False, editable=False)
    #: The accession whose documents this one is to be compared with, where the names of the files do not tell.
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    #: The accession whose originals this one reads again.
    rereads = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="reread_by")
    #: What its sender calls this one handing-in, so that it is taken once however often it is sent: a claim of the
    #: watched folder, a key of the API. NULL where nobody repeats it.
    delivery = models.CharField(max_length=200, unique=True, null=True, blank=True, editable=False)
    #: NULL where a command undid it.
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    #: What became of the authorities and units that it made: ``{"removed": {kind: count}, "kept": [{…}, …]}``.
    undone = models.JSONField(default=dict, blank=True, editable=False)

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


class SourceState(models.TextChoices):
    """How a source stands; all but the first two are final."""

    QUEUED = "queued", "queued"
    #: A worker has it, until its lease expires.
    TAKEN = "taken", "in work"
    READ = "read", "read"
    #: Another source brought it along: the image of a page, the text of a row. It is no document of its own.
    KEPT = "kept", "kept beside another"
    REFUSED = "refused", "refused"
    FAILED = "failed", "failed"
    #: The accession was cancelled before anybody came to this file.
    CANCELLED = "cancelled", "not taken in"


class Leased(models.Model):
    """What a worker takes under a lease, and is tried again where that fails."""

    attempts = models.PositiveSmallIntegerField(default=0)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    #: Not to be taken before; set after a failure.
    retry_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: Why it was refused or failed, for an archivist.
    reason = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class AccessionSource(Leased):
    """One file of an accession, read once, from the beginning to the end.

    What it holds is written down in batches, so a worker that dies in the middle leaves an expired lease, and the
    next one goes on after the drafts that are there.
    """

    State = SourceState
    OPEN = (SourceState.QUEUED, SourceState.TAKEN)

    accession = models.ForeignKey(Accession, models.CASCADE, related_name="sources")
    #: From 1, within the accession or within the container.
    position = models.PositiveIntegerField()
    #: Its path as it was handed in, with forward slashes; that of a member begins with the name of its container.
    name = models.CharField(max_length=500)
    #: The last part of its path, in the form by which other sources find it; see archive.accession.neighbours.
    file_key = models.CharField(max_length=500, editable=False)
    #: NULL for a member of a container that was refused before its bytes were read.
    original = models.ForeignKey(Original, models.PROTECT, null=True, blank=True, related_name="sources")
    #: The source that it was unpacked from.
    container = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="members")
    state = models.CharField(max_length=20, choices=SourceState, default=SourceState.QUEUED)
    reader = models.CharField(max_length=50, blank=True)
    reader_version = models.CharField(max_length=20, blank=True)
    #: How many drafts, or members, are written down.
    drafts = models.PositiveIntegerField(default=0)
    #: Its documents are written down by a look; it is read once more for what else it describes.
    things_only = models.BooleanField(default=False, editable=False)
    #: What an archivist should know of the source as a whole: a list of sentences.
    notices = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["accession_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["accession", "position"],
                condition=models.Q(container__isnull=True),
                name="archive_source_position_once",
            ),
            models.UniqueConstraint(fields=["container", "position"], name="archive_member_position_once"),
        ]
        indexes = [
            models.Index(fields=["accession", "state", "attempts", "id"], name="archive_source_by_state"),
            models.Index(fields=["accession", "file_key"], name="archive_source_by_file"),
        ]

    def __str__(self) -> str:
        return self.name


class ItemState(models.TextChoices):
    """How an item stands; all but the first two are final, and ``looked_at`` until somebody decides."""

    QUEUED = "queued", "queued"
    #: A worker has it, until its lease expires.
    TAKEN = "taken", "in work"
    CREATED = "created", "came in"
    UPDATED = "updated", "updated a document"
    KNOWN = "known", "known already"
    REFUSED = "refused", "refused"
    FAILED = "failed", "failed"
    #: The accession was cancelled before anybody came to this document.
    CANCELLED = "cancelled", "not taken in"
    #: Rehearsed: ``looked`` says what would become of it.
    LOOKED_AT = "looked_at", "looked at"
    #: It came in, and the accession was undone.
    UNDONE = "undone", "undone"


class AccessionItem(Leased):
    """One document of an accession on its way in.

    Taken under a lease, many at a time, and finished in the transaction that writes its document: a worker that
    dies in the middle leaves an expired lease and nothing else.
    """

    State = ItemState
    OPEN = (ItemState.QUEUED, ItemState.TAKEN)
    #: The document is in the archive.
    CAME_IN = (ItemState.CREATED, ItemState.UPDATED, ItemState.KNOWN)

    accession = models.ForeignKey(Accession, models.CASCADE, related_name="items")
    source = models.ForeignKey(AccessionSource, models.CASCADE, related_name="items")
    #: Which of the source's documents, from 0.
    part = models.PositiveIntegerField(default=0)
    #: ``scheme:value`` by which its document is known again.
    identity = models.CharField(max_length=600, blank=True)
    state = models.CharField(max_length=20, choices=ItemState, default=ItemState.QUEUED)
    #: What was understood: ``{"fields": [...], "segments": [...], "notices": [...]}``, packed; see
    #: archive.accession.understanding.
    understood = models.JSONField(default=dict, blank=True)
    #: What a rehearsal says would become of it, see archive.accession.looking.
    looked = models.JSONField(default=dict, blank=True, editable=False)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="accession_items")

    class Meta:
        ordering = ["source_id", "part"]
        constraints = [models.UniqueConstraint(fields=["source", "part"], name="archive_item_part_once")]
        indexes = [models.Index(fields=["accession", "state", "attempts", "id"], name="archive_item_by_state")]

    def __str__(self) -> str:
        return f"{self.source.name}, document {self.part + 1}" if self.part else self.source.name


class ReplacedScans(models.Model):
    """The scans that a document had before an accession brought others, so that undoing it can bring them back.

    Their images may be gone: they are made again from the originals.
    """

    accession = models.ForeignKey(Accession, models.CASCADE, related_name="replaced_scans")
    document = models.ForeignKey(Document, models.CASCADE, related_name="replaced_scans")
    #: The columns of each archive.models.page.Page, in their order.
    pages = models.JSONField()
    #: The fingerprints of those that took their places.
    brought = models.JSONField()

    class Meta:
        default_permissions = ()  # nobody sees it but who undoes the accession
        constraints = [
            models.UniqueConstraint(fields=["accession", "document"], name="archive_scans_replaced_once"),
        ]

    def __str__(self) -> str:
        return f"{len(self.pages)} scans of {self.document}"
