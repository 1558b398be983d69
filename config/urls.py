"""The addresses of the site: every app of the plugin at its default place."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config.health import health

admin.site.site_header = admin.site.site_title = settings.FONDS["REPOSITORY_NAME"]
admin.site.index_title = "Overview"

urlpatterns = [
    path("healthz", health, name="health"),
    path("admin/", admin.site.urls),
    path("api/", include("archive.api.urls")),
    path("", include("archive.lod.urls")),
    path("", include("harvest.urls")),
    path("iiif/", include("iiif.urls")),
    path("", include("archive.web.urls")),
]

handler400 = "archive.web.failures.refused"
handler403 = "archive.web.failures.forbidden"
handler404 = "archive.web.views.not_found"
handler500 = "archive.web.failures.failed"
