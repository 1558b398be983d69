"""The addresses of a site that has linked data and no pages."""

from django.urls import include, path

urlpatterns = [path("", include("archive.lod.urls")), path("", include("archive.lod.document_urls"))]
