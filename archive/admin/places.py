"""Places in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError

from archive.admin.authorities import AuthorityAdmin, StandingFilter
from archive.admin.meanwhile import GuardedForm
from archive.models import Place, PlaceName
from archive.rules import problems_of_coordinates


class PlaceForm(GuardedForm):
    """A place. Latitude and longitude stand together or not at all."""

    class Meta:
        labels = {"broader": "Within"}
        help_texts = {
            "feature": "GeoNames feature code, such as PPLC for a capital.",
            "latitude": "Degrees north of the equator, from -90 to 90.",
            "longitude": "Degrees east of Greenwich, from -180 to 180.",
        }

    def clean_broader(self) -> Place | None:
        """The place around it, if it is not itself or within it."""
        broader: Place | None = self.cleaned_data["broader"]
        above = broader
        while above is not None:
            if above.pk == self.instance.pk:
                raise ValidationError(f"“{broader}” is this place or one within it, so it cannot be around it.")
            above = above.broader
        return broader

    def clean(self) -> dict[str, Any]:
        """Coordinates that are on earth."""
        cleaned = super().clean()
        if not {"latitude", "longitude"} & set(self.errors):
            for name, problem in problems_of_coordinates(cleaned.get("latitude"), cleaned.get("longitude")):
                self.add_error(name, problem)
        return cleaned


@admin.register(Place)
class PlaceAdmin(AuthorityAdmin):
    """Places."""

    form = PlaceForm
    list_display = ("name", "broader", "feature", "also_known_as", "documents", "identifier")
    list_filter = (StandingFilter,)
    list_select_related = ("broader",)
    search_fields = ("name", "names__value", "=identifier")
    autocomplete_fields = ("broader",)
    fields = ("name", "broader", "feature", ("latitude", "longitude"), "identifier", "documents", "note")
    names = PlaceName
