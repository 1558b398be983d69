"""The addresses of a site that has everything but pages."""

from django.urls import URLResolver, include, path

from config.urls import urlpatterns as site

urlpatterns = [
    *(each for each in site if not (isinstance(each, URLResolver) and each.app_name == "archive_web")),
    path("", include("archive.lod.document_urls")),
]
