"""Representations: the rendered bytes of each document, archival unit and so on in each format.

The hinge of the house. An OAI record, a manifest and an RDF file are rows here; serving is reading them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from archive.models.document import Document
from archive.models.kind import Kind


class Representation(models.Model):
    """One thing in one format; what kind of thing, ``kind`` says.

    ``changed_at`` moves only if ``content`` or ``sets`` changed, so that rendering everything anew does not
    make the world harvest everything anew. A withdrawn representation has no content and stays for ever.
    """

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.DOCUMENT)
    #: Which one it is, as ``Kind.number`` tells it: no foreign key, because a tombstone outlives what it is of.
    number = models.BigIntegerField()
    #: The document, which is never deleted once it was public; none for any other kind.
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="representations")
    #: Its identifier, repeated so that serving needs no join: ``110692``, ``units/abc``.
    identifier = models.CharField(max_length=200)
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
    #: The datestamp with which it came, and came anew after a withdrawal; NULL where it came before this was kept.
    appeared_at = models.DateTimeField(null=True, editable=False)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # In this order, because all formats of one identifier are asked for too.
            models.UniqueConstraint(fields=["identifier", "format"], name="archive_representation_once"),
            models.UniqueConstraint(fields=["number", "format"], name="archive_representation_once_per_number"),
            models.CheckConstraint(
                condition=Q(kind=Kind.DOCUMENT, document=F("number")) | (~Q(kind=Kind.DOCUMENT) & Q(document=None)),
                name="archive_representation_document",
            ),
        ]
        indexes = [
            # The order in which lists are paged, by row value: (changed_at, number) > (?, ?). Not by id:
            # SQLite does not use the primary key for the second half, and reads all records of one second anew.
            models.Index(fields=["format", "changed_at", "number"], name="archive_representation_by_time"),
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
