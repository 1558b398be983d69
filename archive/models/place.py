"""Places that documents speak of, were written at or received at."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from archive.models.authority import Authority, Label


class Place(Authority):
    """A place, under the name by which the archive knows it."""

    name = models.CharField(max_length=300, db_index=True)
    #: GeoNames feature code, such as PPLC for a capital.
    feature = models.CharField(max_length=10, blank=True)
    #: WGS 84, degrees.
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    broader = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="narrower")

    class Meta(Authority.Meta):
        ordering = ["name", "id"]
        constraints = [
            *Authority.Meta.constraints,
            models.CheckConstraint(
                condition=Q(broader__isnull=True) | ~Q(broader=F("id")), name="archive_place_is_not_within_itself"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    # A comparison with NULL is neither true nor false, and a constraint takes that for true.
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="archive_place_coordinates_are_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceName(Label):
    """A name of a place besides the preferred one: Peking, for Beijing."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="names")

    class Meta:
        ordering = ["place_id", "value"]
        constraints = [models.UniqueConstraint(fields=["place", "value", "language"], name="archive_place_name_once")]
