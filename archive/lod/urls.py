"""Addresses of the app that are the same beside pages and without them."""

from django.urls import path

from archive.lod import views
from archive.lod.sparql import views as sparql

app_name = "archive_lod"

urlpatterns = [
    path("context.jsonld", views.context, name="context"),
    path("sparql", sparql.sparql, name="sparql"),
]
