"""Archival units: the tree of repositories, fonds, opisi, papki, dela and listy that documents are kept in.

Finding aids describe trees with further levels (series, files, items), of which some have a title and no code.

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
    # Levels of finding aids (EAD3, attribute level).
    COLLECTION = "collection", "collection"
    SUBFONDS = "subfonds", "subfonds"
    SERIES = "series", "series"
    SUBSERIES = "subseries", "subseries"
    FILE = "file", "file"
    ITEM = "item", "item"
    #: The finding aid names no level, or one of its own, which then is a statement.
    OTHER = "other", "unit"


#: How deep a level stands; what stands deeper can be held. Fonds, series and files are known by two names.
DEPTH: dict[str, int] = {
    UnitLevel.REPOSITORY: 0,
    UnitLevel.FOND: 1,
    UnitLevel.COLLECTION: 1,
    UnitLevel.SUBFONDS: 2,
    UnitLevel.OPIS: 3,
    UnitLevel.SERIES: 3,
    UnitLevel.SUBSERIES: 4,
    UnitLevel.PAPKA: 5,
    UnitLevel.DELO: 6,
    UnitLevel.FILE: 6,
    UnitLevel.LIST: 7,
    UnitLevel.ITEM: 7,
}
#: Levels that may stand within their own kind: a file in a file, a subseries in a subseries.
NESTING = frozenset(
    {UnitLevel.SUBFONDS, UnitLevel.SERIES, UnitLevel.SUBSERIES, UnitLevel.FILE, UnitLevel.ITEM, UnitLevel.OTHER}
)


def can_hold(above: str, below: str) -> bool:
    """Whether a unit of one level can stand above one of another. A level of no name fits in below any repository."""
    if below == UnitLevel.REPOSITORY:
        return False
    if UnitLevel.OTHER in (above, below):
        return True
    return DEPTH[above] < DEPTH[below] or (above == below and above in NESTING)


class ArchivalUnit(models.Model):
    """One unit of description (ISAD(G), section 3). ``code`` is a string: ``059a``, ``0085``."""

    Level = UnitLevel

    identifier = models.CharField(max_length=64, unique=True, default=mint, validators=[validate_identifier])
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.CharField(max_length=20, choices=UnitLevel)
    #: ``scheme:value`` by which the unit is known again when its finding aid comes a second time; see archive.drafts.
    identity = models.CharField(max_length=600, unique=True, null=True, blank=True, editable=False)
    #: Empty only where a finding aid gives none.
    code = models.CharField(max_length=200, blank=True)
    #: ``code`` in a form that sorts as people count: 9 before 10 before 059a; without one, the place among the others.
    sort_key = models.CharField(max_length=400, editable=False)
    title = models.CharField(max_length=1000, blank=True)
    #: As the finding aid or the archivist writes them; ``date`` is the first of them in EDTF.
    dates = models.CharField(max_length=300, blank=True)
    date = models.CharField(max_length=100, blank=True)
    extent = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    #: What else is said of the unit: a list of ``{"term", "value", "language", "uri"}``, as documents have it.
    statements = models.JSONField(default=list, blank=True)
    #: What is not for the public, such as parts of a finding aid with audience "internal".
    internal_note = models.TextField(blank=True)
    #: What the finding aid said when it came last, by name of the field. Where the unit says otherwise, a person
    #: has changed it.
    said = models.JSONField(default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    modified_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["parent_id", "sort_key", "id"]
        indexes = [
            models.Index(fields=["parent", "sort_key"], name="archive_unit_by_code"),
            # The constraint's own index leaves out units without code, and so is not used to look for one.
            models.Index(fields=["parent", "code"], name="archive_unit_in_parent"),
            # Which units share a code: archive.sets asks it of every document that is rendered.
            models.Index(fields=["code", "level"], name="archive_unit_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "level", "code"], condition=~Q(code=""), name="archive_unit_code_once"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(parent__isnull=True), name="archive_unit_repository_once"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="archive_unit_is_not_its_own_parent"
            ),
            models.CheckConstraint(condition=Q(level__in=UnitLevel.values), name="archive_unit_level_is_known"),
            models.CheckConstraint(
                condition=Q(level=UnitLevel.REPOSITORY) | Q(parent__isnull=False), name="archive_unit_has_a_repository"
            ),
            models.CheckConstraint(
                condition=~Q(code="") | Q(identity__isnull=False), name="archive_unit_has_a_code_or_an_identity"
            ),
        ]

    def __str__(self) -> str:
        own = f"{self.get_level_display()} {self.name}" if self.parent_id else self.code
        # "delo 3" alone tells nothing, but asking for what stands above would cost a query for every row of a list.
        above = self._state.fields_cache.get("parent")
        return f"{above}, {own}" if above else own

    @property
    def name(self) -> str:
        """What the unit is called among its neighbours: its code, else its title or its dates."""
        return self.code or self.title or self.dates or "without a name"


def sort_key(code: str) -> str:
    """A key under which codes sort as people count: digits padded to twelve places, letters in lower case.

    >>> sorted(["10", "9", "059a"], key=sort_key)
    ['9', '10', '059a']
    """
    return re.sub(r"\d+", lambda number: number[0].lstrip("0").rjust(12, "0"), code.casefold())
