"""Sources: repositories of others, and what of them is harvested how."""

from __future__ import annotations

from datetime import timedelta

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from archive.models import Collection


class Schedule(models.TextChoices):
    """How often a source is harvested without anybody asking."""

    BY_HAND = "by_hand", "only by hand"
    HOURLY = "hourly", "every hour"
    DAILY = "daily", "every day"
    WEEKLY = "weekly", "every week"
    MONTHLY = "monthly", "every thirty days"


INTERVALS = {
    Schedule.HOURLY: timedelta(hours=1),
    Schedule.DAILY: timedelta(days=1),
    Schedule.WEEKLY: timedelta(days=7),
    Schedule.MONTHLY: timedelta(days=30),
}


class DeletionPolicy(models.TextChoices):
    """What becomes of a public document whose record is deleted at the source."""

    UNLESS_EDITED = "unless_edited", "withdraw it; only report it where a person has changed it"
    WITHDRAW = "withdraw", "withdraw it in any case"
    REPORT = "report", "only report it"


class CheckState(models.TextChoices):
    """What is known of the repository's answers."""

    WAITING = "waiting", "being checked"
    ANSWERS = "answers", "answers"
    FAILED = "failed", "does not answer as it should"


class HarvestSource(models.Model):
    """A repository, and within it one metadata format and one set."""

    Schedule = Schedule
    DeletionPolicy = DeletionPolicy
    CheckState = CheckState

    name = models.CharField(max_length=200, unique=True)
    #: Section 3.1.1: what requests are appended to after a question mark.
    base_url = models.CharField("base URL", max_length=500)
    metadata_prefix = models.CharField("format", max_length=100, default="oai_dc")
    set_spec = models.CharField("set", max_length=500, blank=True)
    collection = models.ForeignKey(Collection, models.SET_NULL, null=True, blank=True, related_name="+")
    #: Publish what comes in.
    publish = models.BooleanField(default=False)
    deletions = models.CharField(max_length=20, choices=DeletionPolicy, default=DeletionPolicy.UNLESS_EDITED)
    schedule = models.CharField(max_length=20, choices=Schedule, default=Schedule.BY_HAND)
    #: Seconds between an answer and the next request.
    delay = models.PositiveSmallIntegerField(default=1, validators=[MaxValueValidator(60)])
    #: To whom the repository's people can write; without it, the archive's own address is told.
    contact = models.EmailField(blank=True)
    active = models.BooleanField(default=True)

    check_state = models.CharField(max_length=20, choices=CheckState, default=CheckState.WAITING, editable=False)
    check_message = models.TextField(blank=True, editable=False)
    #: What it told: ``{"identity": {…}, "formats": [{…}, …], "sets": [{…}, …], "more_sets": bool}``.
    told = models.JSONField(default=dict, blank=True, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: The checks that were asked for. An answer to an older one is not written.
    checks = models.PositiveIntegerField(default=0, editable=False)
    #: While a worker asks; a repository may take minutes to answer, and is not asked twice meanwhile.
    check_lease_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: ``from`` of the next incremental run, as the repository writes dates; empty before the first whole one.
    next_from = models.CharField("changes are asked from", max_length=20, blank=True, editable=False)
    #: When the schedule starts the next run; NULL for one harvested by hand.
    next_run_at = models.DateTimeField("next run", null=True, blank=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = "source of records"
        verbose_name_plural = "sources of records"
        permissions = [("run_harvestsource", "Can harvest sources")]
        indexes = [models.Index(fields=["next_run_at"], name="harvest_source_by_time")]
        constraints = [
            models.CheckConstraint(condition=Q(schedule__in=Schedule.values), name="harvest_schedule_is_known"),
            models.CheckConstraint(
                condition=Q(deletions__in=DeletionPolicy.values), name="harvest_deletion_policy_is_known"
            ),
            models.CheckConstraint(condition=Q(check_state__in=CheckState.values), name="harvest_check_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def interval(self) -> timedelta | None:
        """From one run to the next; None for one harvested by hand."""
        return INTERVALS.get(Schedule(self.schedule))
