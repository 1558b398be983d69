"""Representations: the rendered bytes of each document in each format.

The hinge of the house. An OAI record, a manifest and an RDF file are rows here; serving is reading them.
"""

from __future__ import annotations

from django.db import models

from archive.models.document import Document


class Representation(models.Model):
    """One document in one format.

    ``changed_at`` moves only if ``content`` or ``sets`` changed, so that rendering everything anew does not
    make the world harvest everything anew. A withdrawn representation has no content and stays for ever.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="representations")
    #: The document's identifier, repeated so that serving needs no join.
    identifier = models.CharField(max_length=64)
    #: Name of the format: a metadataPrefix, ``manifest``, ``jsonld``.
    format = models.CharField(max_length=50)
    media_type = models.CharField(max_length=200)
    content = models.BinaryField(blank=True)
    #: SHA-256 of ``content`` in hexadecimal; the ETag. Empty if withdrawn.
    checksum = models.CharField(max_length=64, blank=True)
    #: OAI setSpecs in order, as a harvester's header shows them.
    sets = models.JSONField(default=list)
    #: The datestamp: UTC, later than that of every change committed before (archive.datestamps).
    changed_at = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["format", "identifier"], name="archive_representation_once"),
            models.UniqueConstraint(fields=["document", "format"], name="archive_representation_once_per_document"),
        ]
        indexes = [
            # The order in which lists are paged, by row value: (changed_at, document_id) > (?, ?). Not by id:
            # SQLite does not use the primary key for the second half, and reads all records of one second anew.
            models.Index(fields=["format", "changed_at", "document"], name="archive_representation_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.identifier} as {self.format}"


class LastDatestamp(models.Model):
    """The datestamp that was taken last: one row for the whole archive, and the lock of those who take one."""

    moment = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.moment:%Y-%m-%d %H:%M:%S.%f}"


class SetMembership(models.Model):
    """That a representation is, or was, in a set.

    ``format`` and ``changed_at`` repeat the representation's, so that one set is paged as cheaply as the
    whole list. A document that left keeps its row with ``left``, and with the datestamp of its leaving, for
    harvesters of that set.
    """

    representation = models.ForeignKey(Representation, models.CASCADE, related_name="memberships")
    spec = models.CharField(max_length=300)
    format = models.CharField(max_length=50)
    changed_at = models.DateTimeField()
    left = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["representation", "spec"], name="archive_membership_once"),
        ]
        indexes = [
            models.Index(fields=["format", "spec", "changed_at", "representation"], name="archive_membership_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.representation_id} in {self.spec}"
