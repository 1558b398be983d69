"""Subjects: the people, concepts and places that a document is about, and what else it has to do with them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from archive.models.agent import Agent
from archive.models.concept import Concept
from archive.models.document import Document
from archive.models.place import Place


class SubjectRelation(models.TextChoices):
    """How a document stands to one of its subjects."""

    ABOUT = "about", "is about"
    #: The kind of document, which is a concept: telegram, letter, minutes.
    TYPE = "type", "is a"
    WRITTEN_AT = "written at", "was written at"
    RECEIVED_AT = "received at", "was received at"


class Subject(models.Model):
    """One agent, concept or place of a document."""

    Relation = SubjectRelation

    document = models.ForeignKey(Document, models.CASCADE, related_name="subjects")
    agent = models.ForeignKey(Agent, models.PROTECT, null=True, blank=True, related_name="subject_of")
    concept = models.ForeignKey(Concept, models.PROTECT, null=True, blank=True, related_name="subject_of")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="subject_of")
    relation = models.CharField(max_length=20, choices=SubjectRelation, default=SubjectRelation.ABOUT)
    order = models.PositiveSmallIntegerField(default=0)
    #: Whether the archive is sure.
    certain = models.BooleanField(default=True)

    class Meta:
        ordering = ["document_id", "order", "id"]
        # Most rows are empty in each of these columns. An index of those too looks useless to SQLite's planner, which
        # then reads all subjects for each agent that none of them names.
        indexes = [
            models.Index(
                fields=[kind, "document"],
                condition=Q(**{f"{kind}__isnull": False}),
                name=f"archive_subject_by_{kind}",
            )
            for kind in ("agent", "concept", "place")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(agent__isnull=False, concept__isnull=True, place__isnull=True)
                | Q(agent__isnull=True, concept__isnull=False, place__isnull=True)
                | Q(agent__isnull=True, concept__isnull=True, place__isnull=False),
                name="archive_subject_is_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(relation=SubjectRelation.ABOUT)
                | Q(relation=SubjectRelation.TYPE, concept__isnull=False)
                | Q(relation__in=[SubjectRelation.WRITTEN_AT, SubjectRelation.RECEIVED_AT], place__isnull=False),
                name="archive_subject_relation_fits",
            ),
            *(
                models.UniqueConstraint(fields=["document", kind, "relation"], name=f"archive_subject_{kind}_once")
                for kind in ("agent", "concept", "place")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.authority}"

    @property
    def authority(self) -> Agent | Concept | Place:
        """The one thing that it is."""
        authority = self.agent or self.concept or self.place
        assert authority is not None, "the database has a constraint for this"  # noqa: S101
        return authority
