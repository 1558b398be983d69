"""Authorities: things that documents speak of, known by many names and linked to what others know of them.

Agents, places and concepts share what stands here: an identifier that never changes, and what becomes of it
when two authorities turn out to be one.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from archive.models.identifiers import mint, validate_identifier


class AuthorityQuerySet(models.QuerySet[Any]):
    """Authorities by how they stand."""

    def current(self) -> AuthorityQuerySet:
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)


class Authority(models.Model):
    """What every kind of authority has.

    ``merged_into`` is the one that took this one's place. The row stays, so that its address redirects for ever.
    """

    identifier = models.CharField(max_length=64, unique=True, default=mint, validators=[validate_identifier])
    note = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="%(class)s_is_not_merged_into_itself",
            ),
        ]


class Label(models.Model):
    """A name of an authority in one language; ``language`` is a BCP 47 tag, empty where it does not matter."""

    value = models.CharField(max_length=300, db_index=True)
    language = models.CharField(max_length=35, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.value
