"""Links: what others call the authorities of this archive."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from archive.models.agent import Agent
from archive.models.concept import Concept
from archive.models.place import Place


class LinkSource(models.TextChoices):
    """Whose identifier it is."""

    WIKIDATA = "wikidata", "Wikidata"
    VIAF = "viaf", "VIAF"
    LCNAF = "lcnaf", "Library of Congress names"
    LCSH = "lcsh", "Library of Congress subjects"
    GEONAMES = "geonames", "GeoNames"
    AAT = "aat", "Getty AAT"
    TGN = "tgn", "Getty TGN"
    ULAN = "ulan", "Getty ULAN"
    ISNI = "isni", "ISNI"
    OTHER = "other", "another"


class LinkStatus(models.TextChoices):
    """What a curator thinks of a link. Only accepted ones are published."""

    CANDIDATE = "candidate", "candidate"
    ACCEPTED = "accepted", "accepted"
    REJECTED = "rejected", "rejected"


class LinkRelation(models.TextChoices):
    """How close the two are (SKOS, section 10)."""

    EXACT = "exactMatch", "is the same"
    CLOSE = "closeMatch", "is nearly the same"
    BROAD = "broadMatch", "is wider"
    NARROW = "narrowMatch", "is narrower"


class AuthorityLink(models.Model):
    """That an authority is, or may be, what another source has under some address."""

    Source = LinkSource
    Status = LinkStatus
    Relation = LinkRelation

    agent = models.ForeignKey(Agent, models.CASCADE, null=True, blank=True, related_name="links")
    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True, related_name="links")
    concept = models.ForeignKey(Concept, models.CASCADE, null=True, blank=True, related_name="links")
    source = models.CharField(max_length=20, choices=LinkSource)
    uri = models.URLField(max_length=500)
    relation = models.CharField(max_length=20, choices=LinkRelation, default=LinkRelation.EXACT)
    status = models.CharField(max_length=20, choices=LinkStatus, default=LinkStatus.CANDIDATE)
    #: From 0 to 100, where a service proposed the link.
    score = models.FloatField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["source", "uri"]
        # The candidates of which a service was surest come first in the list.
        indexes = [models.Index(fields=["score", "id"], name="archive_link_by_score")]
        constraints = [
            models.CheckConstraint(
                condition=Q(agent__isnull=False, place__isnull=True, concept__isnull=True)
                | Q(agent__isnull=True, place__isnull=False, concept__isnull=True)
                | Q(agent__isnull=True, place__isnull=True, concept__isnull=False),
                name="archive_link_is_of_one_authority",
            ),
            models.UniqueConstraint(fields=["agent", "uri"], name="archive_link_once_per_agent"),
            models.UniqueConstraint(fields=["place", "uri"], name="archive_link_once_per_place"),
            models.UniqueConstraint(fields=["concept", "uri"], name="archive_link_once_per_concept"),
            models.CheckConstraint(condition=Q(status__in=LinkStatus.values), name="archive_link_status_is_known"),
            models.CheckConstraint(condition=Q(source__in=LinkSource.values), name="archive_link_source_is_known"),
            models.CheckConstraint(
                condition=Q(relation__in=LinkRelation.values), name="archive_link_relation_is_known"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100), name="archive_link_score_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.uri
