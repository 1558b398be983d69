"""Archival units: the tree of repositories, fonds, opisi, papki, dela and listy that documents are kept in.

A unit knows its parent and nothing else of the tree, so that moving a fond with a million listy below it
writes one row. Reading a branch costs a recursive query over an index.
"""

from __future__ import annotations

import re

from django.db import models
from django.db.models import F, Q

from archive.models.identifiers import mint, validate_identifier


class UnitLevel(models.TextChoices):
    """The level of a unit. A papka holds dela where there is one (AVP RF), and stands above them."""

    REPOSITORY = "repository", "repository"
    FOND = "fond", "fond"
    OPIS = "opis", "opis"
    PAPKA = "papka", "papka"
    DELO = "delo", "delo"
    LIST = "list", "list"


class ArchivalUnit(models.Model):
    """One unit of description (ISAD(G), section 3). ``code`` is a string: ``059a``, ``0085``."""

    Level = UnitLevel

    identifier = models.CharField(max_length=64, unique=True, default=mint, validators=[validate_identifier])
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.CharField(max_length=20, choices=UnitLevel)
    code = models.CharField(max_length=200)
    #: ``code`` in a form that sorts as people count: 9 before 10 before 059a.
    sort_key = models.CharField(max_length=400, editable=False)
    title = models.CharField(max_length=500, blank=True)
    dates = models.CharField(max_length=100, blank=True)
    extent = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["parent_id", "sort_key", "id"]
        indexes = [
            models.Index(fields=["parent", "sort_key"], name="archive_unit_by_code"),
            # Which units share a code: archive.sets asks it of every document that is rendered.
            models.Index(fields=["code", "level"], name="archive_unit_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["parent", "level", "code"], name="archive_unit_code_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(parent__isnull=True), name="archive_unit_repository_once"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="archive_unit_is_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(level=UnitLevel.REPOSITORY) | Q(parent__isnull=False), name="archive_unit_has_a_repository"
            ),
            models.CheckConstraint(condition=~Q(code=""), name="archive_unit_has_a_code"),
        ]

    def __str__(self) -> str:
        own = f"{self.get_level_display()} {self.code}" if self.parent_id else self.code
        # "delo 3" alone tells nothing, but asking for what stands above would cost a query for every row of a list.
        above = self._state.fields_cache.get("parent")
        return f"{above}, {own}" if above else own


def sort_key(code: str) -> str:
    """A key under which codes sort as people count: digits padded to twelve places, letters in lower case.

    >>> sorted(["10", "9", "059a"], key=sort_key)
    ['9', '10', '059a']
    """
    return re.sub(r"\d+", lambda number: number[0].lstrip("0").rjust(12, "0"), code.casefold())
