"""Dated events: what was done with a document, as its stamps tell."""

from __future__ import annotations

from django.db import models

from archive.models.document import Document


class EventKind(models.TextChoices):
    """What was done."""

    SENT = "sent", "sent"
    RECEIVED = "received", "received"
    DECIPHERED = "deciphered", "deciphered"
    TYPED = "typed", "typed"
    CABLED = "cabled", "cabled on"
    CLOSED = "closed", "closed and dated"


class DocumentEvent(models.Model):
    """One stamp. ``date`` is EDTF, to the minute where the stamp tells, in the local time of the stamp."""

    Kind = EventKind

    document = models.ForeignKey(Document, models.CASCADE, related_name="events")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=EventKind)
    date = models.CharField(max_length=100, blank=True)
    #: Where it was done.
    place = models.CharField(max_length=200, blank=True)
    #: Where the document was sent to.
    destination = models.CharField(max_length=200, blank=True)
    #: The person or office named on the stamp, as written.
    agent = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    verbatim = models.TextField(blank=True)

    class Meta:
        ordering = ["document_id", "order", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=EventKind.values), name="archive_event_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.date}".strip()
