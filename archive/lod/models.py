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
