"""Addresses of the app."""

from django.urls import URLPattern

app_name = "iiif"

urlpatterns: list[URLPattern] = []
