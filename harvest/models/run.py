"""Runs: one harvest of a source from its first page to its last.

These rows are the truth about the work; a message in the queue is only a hint to look here.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models import Accession
from harvest.models.source import HarvestSource


class RunState(models.TextChoices):
    """How a run stands; the last four are final."""

    QUEUED = "queued", "queued"
    RUNNING = "running", "running"
    DONE = "done", "done"
    DONE_WITH_ERRORS = "done_with_errors", "done with errors"
    FAILED = "failed", "failed"
    CANCELLED = "cancelled", "cancelled"


class HarvestRun(models.Model):
    """One harvest. What a page brought and the token of the next one are written in one transaction."""

    State = RunState
    OPEN = (RunState.QUEUED, RunState.RUNNING)

    source = models.ForeignKey(HarvestSource, models.CASCADE, related_name="runs")
    #: Everything anew, also what is known; else what has changed since ``from_date``.
    full = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=RunState, default=RunState.QUEUED)
    #: Why it failed, or why it waits.
    message = models.TextField(blank=True)
    #: ``from`` of the first request, as the repository writes dates; moved on where a token has expired.
    from_date = models.CharField(max_length=20, blank=True)
    #: The token of the next page. Kept, so that another worker goes on where one was killed.
    token = models.TextField(blank=True)
    #: ``responseDate`` of the first page, by the repository's clock: from it the next run asks.
    response_date = models.CharField(max_length=20, blank=True)
    #: The latest datestamp that has come, and whether all came in their order.
    last_datestamp = models.CharField(max_length=20, blank=True)
    in_order = models.BooleanField(default=True)
    #: What the repository said the whole list has; NULL where it does not.
    list_size = models.PositiveBigIntegerField(null=True, blank=True)

    pages = models.PositiveIntegerField(default=0)
    records = models.PositiveBigIntegerField(default=0)
    #: Of the records: handed to the archive, known already as they are, deleted, and left out with a problem.
    handed_in = models.PositiveBigIntegerField(default=0)
    known = models.PositiveBigIntegerField(default=0)
    deleted = models.PositiveBigIntegerField(default=0)
    left_out = models.PositiveBigIntegerField(default=0)
    #: Problems, also those beyond what ``HarvestProblem`` keeps.
    problem_count = models.PositiveBigIntegerField(default=0)
    #: Pages in a row that brought nothing new, and times that the list was begun again.
    fruitless = models.PositiveIntegerField(default=0, editable=False)
    restarts = models.PositiveSmallIntegerField(default=0)
    accessions = models.ManyToManyField(Accession, related_name="+", blank=True)

    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cancel_requested = models.BooleanField(default=False)
    #: Not to be taken before: the repository asked for patience, or did not answer.
    retry_at = models.DateTimeField("not before", null=True, blank=True)
    #: Requests in a row that got no answer, and workers in a row that ended within a page.
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    lease_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: How often a worker has taken the run up. Whoever holds an older number has lost the lease.
    taken = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "lease_expires_at"], name="harvest_run_by_lease")]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(state__in=["queued", "running"]), name="harvest_one_run_at_once"
            ),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="harvest_run_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"Harvest {self.pk}"

    @property
    def open(self) -> bool:
        """Whether there is still something to do."""
        return self.state in self.OPEN
