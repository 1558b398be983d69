"""Addresses of documents for a site without pages; archive.web answers at the same ones with HTML as well."""

from django.urls import path

from archive.lod import views

app_name = "archive_lod_documents"

urlpatterns = [
    path("documents/<slug:identifier>", views.document, name="document"),
    path("documents/<slug:identifier>.<slug:extension>", views.document_as, name="document_as"),
]
