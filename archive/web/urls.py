"""Addresses of the pages."""

from django.urls import path, re_path

from archive.models.identifiers import PATTERN
from archive.web import previews, views

app_name = "archive_web"

IDENTIFIER = rf"(?P<identifier>{PATTERN.pattern})"

urlpatterns = [
    path("", views.home, name="home"),
    path("documents/", views.documents, name="documents"),
    re_path(rf"^documents/{IDENTIFIER}\Z", views.document, name="document"),
    re_path(rf"^documents/{IDENTIFIER}\.(?P<extension>[a-z0-9.]+)\Z", views.document_as, name="document_as"),
    re_path(rf"^agents/{IDENTIFIER}\Z", views.agent, name="agent"),
    path("preview/<str:token>", previews.preview, name="preview"),
    path("collections/<slug:slug>", views.collection, name="collection"),
]
