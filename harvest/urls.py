"""Addresses of the app."""

from django.urls import URLPattern

app_name = "harvest"

urlpatterns: list[URLPattern] = []
