"""Addresses of things for a site without pages; archive.web answers at the same ones with HTML as well."""

from django.urls import path, re_path

from archive.lod import views

app_name = "archive_lod_documents"

THING = r"(?P<folder>agents|places|concepts|schemes|units|collections)/(?P<identifier>[-A-Za-z0-9_]+)"

urlpatterns = [
    re_path(rf"^{THING}\Z", views.thing, name="thing"),
    re_path(rf"^{THING}\.(?P<extension>[a-z]+)\Z", views.thing_as, name="thing_as"),
    path("documents/<slug:identifier>", views.document, name="document"),
    path("documents/<slug:identifier>.<slug:extension>", views.document_as, name="document_as"),
]
