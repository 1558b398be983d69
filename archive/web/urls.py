"""Addresses of the app."""

from django.urls import URLPattern

app_name = "archive_web"

urlpatterns: list[URLPattern] = []
