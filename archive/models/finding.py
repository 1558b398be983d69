"""Finding: the words under which the desk finds a document, whatever its state."""

from __future__ import annotations

from django.db import models

from archive.models.document import Document


class Finding(models.Model):
    """What one document is called, in one narrow row; archive.finding writes it and looks in it.

    A part of a word has to be found too, for which neither engine has an index at hand. Reading two hundred thousand
    rows of this table takes a tenth of what the documents and their parts take.
    """

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="finding")
    #: In lower case, line by line.
    words = models.TextField()

    class Meta:
        ordering = ["document_id"]
        default_permissions = ()  # nobody edits it

    def __str__(self) -> str:
        return f"Words of {self.document_id}"
