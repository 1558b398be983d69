"""What linked data keeps: how far its followers have come, names for finding, and what workers look through."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.models.kind import Kind


class Follower(models.Model):
    """One that follows. It may always be told the same again; what must not happen is that it misses something."""

    #: Where it is, and from which ``PUBLIC_BASE_URL`` the URIs were made that it was told.
    address = models.CharField(max_length=500)
    base = models.CharField(max_length=500)
    #: Up to which datestamp it was told everything; empty before the first time.
    until = models.DateTimeField(null=True, blank=True)
    #: Until when somebody is telling it, who renews this as long as they live.
    leased_until = models.DateTimeField(null=True, blank=True)
    #: Why it was not told more the last time; empty where all is well.
    failure = models.TextField(blank=True)
    #: Graphs that it refused to take, since it was last told of everything.
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["address", "base"], name="archive_lod_follower_once")]

    def __str__(self) -> str:
        return self.address


class KnownName(models.Model):
    """A name of an agent, a place or a concept, kept for finding; written by archive.lod.reconciliation.names alone.

    Names that are not public are here too: what may be told is asked for the few that were found, with each query.
    """

    kind = models.CharField(max_length=10)
    #: Primary key of the agent, place or concept.
    thing = models.PositiveBigIntegerField()
    value = models.CharField(max_length=300)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "thing", "value"], name="archive_lod_known_name_once"),
        ]

    def __str__(self) -> str:
        return self.value


class NameTerm(models.Model):
    """A term by which a name is found; see archive.lod.reconciliation.names."""

    name = models.ForeignKey(KnownName, models.CASCADE, related_name="terms")
    term = models.CharField(max_length=320)

    class Meta:
        default_permissions = ()
        # The name is in the index, so that looking a term up reads no table.
        indexes = [models.Index(fields=["term", "name"], name="archive_lod_name_by_term")]

    def __str__(self) -> str:
        return self.term


class WorkState(models.TextChoices):
    """How a work stands; the last two are final."""

    QUEUED = "queued", "queued"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed"


class Work(models.Model):
    """What a worker does for somebody, in steps, under a lease; see archive.lod.works."""

    State = WorkState
    OPEN = (WorkState.QUEUED, WorkState.RUNNING)

    state = models.CharField(max_length=20, choices=WorkState, default=WorkState.QUEUED)
    #: Things there were to look at when it began, and how many are looked at.
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    #: The key after which to go on.
    last = models.PositiveBigIntegerField(default=0, editable=False)
    #: Why it failed, or what is to be known of it as a whole.
    message = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["-id"]
        default_permissions = ("view", "add")

    @property
    def open(self) -> bool:
        """Whether there is still something to do."""
        return self.state in self.OPEN


class ShapeCheck(Work):
    """One look at everything that is public, whether it has the shapes that the archive publishes."""

    #: Things that have not.
    failing = models.PositiveIntegerField(default=0)

    class Meta(Work.Meta):
        pass

    def __str__(self) -> str:
        return f"Check {self.pk}"


class ShapeFailure(models.Model):
    """Where the data of a thing have not the shape that they should."""

    check_run = models.ForeignKey(ShapeCheck, models.CASCADE, related_name="failures")
    #: What it is served under, ``Kind.identifier``.
    identifier = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    #: Its primary key among those of its kind.
    thing = models.PositiveBigIntegerField()
    #: The node within its data, the property, and what is wrong with it.
    node = models.CharField(max_length=2000)
    path = models.CharField(max_length=500, blank=True)
    message = models.TextField()

    class Meta:
        ordering = ["check_run_id", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.identifier}: {self.message}"


class LookUp(Work):
    """Some authorities of one kind looked up at one service of others."""

    #: ``agent``, ``place`` or ``concept``.
    kind = models.CharField(max_length=10)
    #: Its key in ``AUTHORITY_SERVICES``.
    service = models.CharField(max_length=100)
    #: Candidates that are new.
    found = models.PositiveIntegerField(default=0)
    #: How often in a row the service was away.
    put_off = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta(Work.Meta):
        verbose_name = "look-up"

    def __str__(self) -> str:
        return f"Look-up {self.pk}"


class LookUpItem(models.Model):
    """One authority of a look-up, and how much came of it."""

    look_up = models.ForeignKey(LookUp, models.CASCADE, related_name="items")
    #: Primary key of the agent, place or concept.
    thing = models.PositiveBigIntegerField()
    #: Candidates that the service proposed, and those of them that the archive did not know; NULL before it was asked.
    proposed = models.PositiveSmallIntegerField(null=True, blank=True)
    new = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["look_up_id", "id"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.look_up.kind} {self.thing}"
