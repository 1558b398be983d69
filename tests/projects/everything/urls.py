from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("archive.api.urls")),
    path("", include("archive.lod.urls")),
    path("", include("harvest.urls")),
    path("iiif/", include("iiif.urls")),
    path("", include("archive.web.urls")),
]
