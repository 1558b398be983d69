"""What the index has still to catch up with. The index itself is a table of the database's own kind, see engines."""

from __future__ import annotations

from django.db import models

from archive.models import Document


class Change(models.Model):
    """A document that was published, refreshed or withdrawn, and is not yet so in the index.

    Written in the transaction that changed the document and deleted in the one that indexes it: a message that
    the queue loses costs time, and no document. Rows are only ever added, never merged, so that a change made
    while the index is written is not taken for one that is done.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Document {self.document_id} has changed"
