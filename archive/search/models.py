"""What the index has still to catch up with, and whole indexes that are being built. The index itself lies in files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from archive.models import Document


class Change(models.Model):
    """A document that was published, refreshed or withdrawn, and is not yet so in the index.

    Written in the transaction that changed the document and deleted once it is indexed: a message that
    the queue loses costs time, and no document. Rows are only ever added, never merged, so that a change made
    while the index is written is not taken for one that is done.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Document {self.document_id} has changed"


class BuildState(models.TextChoices):
    """What has become of a build."""

    RUNNING = "running", "running"
    DONE = "done", "done"
    #: Another was begun before it was done.
    ABANDONED = "abandoned", "abandoned"


class Build(models.Model):
    """A whole new index in the making. It takes the place of the one that is asked when it is done.

    ``after`` is the key of the last document that is in it: who goes on begins there.
    """

    State = BuildState

    name = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=20, choices=BuildState, default=BuildState.RUNNING)
    after = models.BigIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    #: Documents that were public when it began.
    total = models.PositiveIntegerField(default=0)
    #: Documents that could not be indexed.
    failed = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BuildState.values), name="archive_search_build_state"),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=BuildState.RUNNING), name="archive_search_one_build"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.written} of {self.total}"
