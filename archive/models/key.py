"""Keys: what the sources that came in call the authorities of this archive, where that is no address."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from archive.models.agent import Agent
from archive.models.concept import Concept
from archive.models.place import Place


class AuthorityKey(models.Model):
    """That a source knows an authority by a key of its own, such as the ``xml:id`` in its list of persons.

    ``key`` begins with the system in which it holds. By it the authority is found when the source comes again, or
    has more documents. Written by accession and never shown; an address is an AuthorityLink instead.
    """

    agent = models.ForeignKey(Agent, models.CASCADE, null=True, blank=True, related_name="keys")
    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True, related_name="keys")
    concept = models.ForeignKey(Concept, models.CASCADE, null=True, blank=True, related_name="keys")
    key = models.CharField(max_length=600)

    class Meta:
        ordering = ["key"]
        default_permissions = ()  # nobody sees or edits one
        constraints = [
            models.CheckConstraint(
                condition=Q(agent__isnull=False, place__isnull=True, concept__isnull=True)
                | Q(agent__isnull=True, place__isnull=False, concept__isnull=True)
                | Q(agent__isnull=True, place__isnull=True, concept__isnull=False),
                name="archive_key_is_of_one_authority",
            ),
            *(
                models.UniqueConstraint(
                    fields=["key"], condition=Q(**{f"{kind}__isnull": False}), name=f"archive_key_once_per_{kind}"
                )
                for kind in ("agent", "place", "concept")
            ),
        ]

    def __str__(self) -> str:
        return self.key
