"""Addresses of the app; the site's own configuration mounts them, by default at ``iiif/``."""

from django.urls import path

from iiif.image import views as image
from iiif.presentation import views as presentation

app_name = "iiif"

urlpatterns = [
    path("collection/top", presentation.top, name="collection-top"),
    path("collection/<slug:slug>", presentation.collection, name="collection"),
    path("<str:identifier>/manifest", presentation.manifest, name="manifest"),
    path("image/<str:page>", image.base, name="image"),
    path("image/<str:page>/info.json", image.info, name="info"),
    path(
        "image/<str:page>/<str:region>/<str:size>/<str:rotation>/<str:quality>.<str:format>",
        image.image,
        name="image-request",
    ),
    path("image/<str:page>/<path:rest>", image.malformed),
]
