"""Stale: of which archival units, agents and so on the stored representations may no longer be true."""

from __future__ import annotations

from django.db import models

from archive.models.kind import Kind


class Stale(models.Model):
    """That something was changed which the representations of a thing tell.

    Written in the transaction of the change, and deleted by who has rendered the thing anew. A row for every
    change, and nothing unique: so no writer waits for another, and a mark that cannot be seen yet is there afterwards.
    Public documents have marks of their own, ``Document.refreshed_at``; a row of theirs says that they were not public
    when something that they name was changed (archive.publication.waiting).
    """

    kind = models.CharField(max_length=20, choices=Kind)
    #: Its primary key among those of its kind.
    thing = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "thing"], name="archive_stale_by_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"
