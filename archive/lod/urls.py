"""Addresses of the app."""

from django.urls import URLPattern

app_name = "archive_lod"

urlpatterns: list[URLPattern] = []
