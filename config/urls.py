"""The addresses of the site: every app of the plugin at its default place."""

from django.contrib import admin
from django.urls import include, path

from config.health import health

urlpatterns = [
    path("healthz", health, name="health"),
    path("admin/", admin.site.urls),
    path("api/", include("archive.api.urls")),
    path("", include("archive.lod.urls")),
    path("", include("harvest.urls")),
    path("iiif/", include("iiif.urls")),
    path("", include("archive.web.urls")),
]

handler404 = "archive.web.views.not_found"
