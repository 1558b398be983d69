"""Addresses of the app."""

from django.urls import path

from harvest.provider import views

app_name = "harvest"

urlpatterns = [path("oai", views.oai, name="oai")]
