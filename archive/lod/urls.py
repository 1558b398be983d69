"""Addresses of the app that are the same beside pages and without them."""

from django.urls import path

from archive.lod import views

app_name = "archive_lod"

urlpatterns = [path("context.jsonld", views.context, name="context")]
