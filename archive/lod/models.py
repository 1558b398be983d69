"""How far those have come who follow the changes of graphs (``archive.lod.changes``) outside of this database."""

from __future__ import annotations

from django.db import models


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
