"""Addresses of the app; the site's own configuration mounts them, by default at ``iiif/``."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from iiif.image import views as image
from iiif.presentation import views as presentation

app_name = "iiif"


class NameConverter(StringConverter):
    """An identifier, without the control characters that no database is asked for: PostgreSQL fails at NUL."""

    regex = r"[^/\x00-\x1f\x7f]+"


register_converter(NameConverter, "iiif_name")

urlpatterns = [
    path("collection/top", presentation.top, name="collection-top"),
    path("collection/<slug:slug>", presentation.collection, name="collection"),
    path("<iiif_name:identifier>/manifest", presentation.manifest, name="manifest"),
    path("image/<iiif_name:page>", image.base, name="image"),
    path("image/<iiif_name:page>/info.json", image.info, name="info"),
    path(
        "image/<iiif_name:page>/<str:region>/<str:size>/<str:rotation>/<str:quality>.<str:format>",
        image.image,
        name="image-request",
    ),
    path("image/<iiif_name:page>/<path:rest>", image.malformed),
]
