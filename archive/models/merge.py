"""Merges: that one authority took another's place, with all that is needed to put the other one back."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q


class AuthorityKind(models.TextChoices):
    """What was merged; the name of its model."""

    AGENT = "agent", "agent"
    PLACE = "place", "place"
    CONCEPT = "concept", "concept"


class Merge(models.Model):
    """One authority merged into another of its kind. Written by archive.merging alone."""

    Kind = AuthorityKind

    kind = models.CharField(max_length=20, choices=AuthorityKind)
    #: Primary keys, in the table that ``kind`` names.
    kept_key = models.PositiveBigIntegerField()
    merged_key = models.PositiveBigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    #: ``{"moved": [...], "dropped": [...], "added": [...], "inherited": {...}}``, see archive.merging.
    moved = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AuthorityKind.values), name="archive_merge_kind_is_known"),
            models.CheckConstraint(condition=~Q(kept_key=F("merged_key")), name="archive_merge_of_two"),
            models.UniqueConstraint(
                fields=["kind", "merged_key"], condition=Q(undone_at__isnull=True), name="archive_merge_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.merged_key} → {self.kept_key}"
