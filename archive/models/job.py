"""Jobs: what is to be done to many documents at once, and what became of each of them.

As with accessions, these rows are the truth about the work; a message in the queue is only a hint to look here.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models.document import Document


class JobState(models.TextChoices):
    """How a job stands; the last four are final."""

    QUEUED = "queued", "queued"
    RUNNING = "running", "running"
    DONE = "done", "done"
    DONE_WITH_ERRORS = "done_with_errors", "done with errors"
    FAILED = "failed", "failed"
    CANCELLED = "cancelled", "cancelled"


class Job(models.Model):
    """One operation on a selection of documents, chosen when the job was made."""

    State = JobState
    OPEN = (JobState.QUEUED, JobState.RUNNING)

    #: The name of an operation, see archive.jobs.operations.
    kind = models.CharField(max_length=50)
    parameters = models.JSONField(default=dict, blank=True)
    #: What the job does, in words, with the names as they were when it was made.
    label = models.CharField(max_length=1000)
    state = models.CharField(max_length=20, choices=JobState, default=JobState.QUEUED)
    #: Why the job as a whole could not be done.
    message = models.TextField(blank=True)
    total = models.PositiveIntegerField(default=0)
    #: The worker stops before its next batch, and the job is cancelled then.
    cancel_requested = models.BooleanField(default=False)
    #: The job that this one undoes.
    undoes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: How often a worker has taken the job up. Whoever holds an older number has lost the lease.
    taken = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-id"]
        permissions = [("bulk_edit_document", "Can edit documents in bulk")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="archive_job_state_is_known"),
        ]
        indexes = [models.Index(fields=["state", "lease_expires_at"], name="archive_job_by_lease")]

    def __str__(self) -> str:
        return f"Job {self.pk}"

    @property
    def open(self) -> bool:
        """Whether there is still something to do."""
        return self.state in self.OPEN


class JobItemState(models.TextChoices):
    """What became of a document; only ``queued`` is not final."""

    QUEUED = "queued", "queued"
    DONE = "done", "changed"
    UNCHANGED = "unchanged", "unchanged"
    FAILED = "failed", "failed"
    #: The job was cancelled before it came to this document.
    CANCELLED = "cancelled", "not reached"
    UNDONE = "undone", "undone"


class JobItem(models.Model):
    """One document of a job. Its state is written in the transaction that changes the document."""

    State = JobItemState

    job = models.ForeignKey(Job, models.CASCADE, related_name="items")
    #: NULL once the document is deleted; the report keeps its row.
    document = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="job_items")
    #: The document's identifier.
    identifier = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=JobItemState, default=JobItemState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True)
    #: Changed, and yet something went wrong that a person should look at.
    warned = models.BooleanField(default=False)
    #: The document's revisions before and after, see archive.history.
    revision_before = models.PositiveIntegerField(null=True, blank=True)
    revision_after = models.PositiveIntegerField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["job_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["job", "document"], name="archive_job_item_once"),
            models.CheckConstraint(condition=Q(state__in=JobItemState.values), name="archive_job_item_state_is_known"),
        ]
        indexes = [models.Index(fields=["job", "state", "attempts", "id"], name="archive_job_item_by_state")]

    def __str__(self) -> str:
        return self.identifier
