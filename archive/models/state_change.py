"""State changes: who published, withdrew or held back a document, when and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from archive.models.document import Document, State


class StateChange(models.Model):
    """One step of a document from one state to another."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="state_changes")
    before = models.CharField(max_length=20, choices=State)
    after = models.CharField(max_length=20, choices=State)
    reason = models.CharField(max_length=500, blank=True)
    #: NULL where a task did it, or a command.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(before__in=State.values, after__in=State.values),
                name="archive_state_change_states_are_known",
            ),
        ]
        indexes = [models.Index(fields=["document", "at"], name="archive_state_change_by_time")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
