"""Addresses of the app."""

from django.urls import path, re_path

from archive.api import views

app_name = "archive_api"

urlpatterns = [
    path("", views.Root.as_view(), name="root"),
    path("documents/", views.DocumentList.as_view(), name="documents"),
    path("documents/<slug:identifier>/", views.DocumentDetail.as_view(), name="document"),
    path("collections/", views.CollectionList.as_view(), name="collections"),
    path("schema/", views.Schema.as_view(), name="schema"),
    # Addresses without a slash at the end are left to Django, which adds it.
    re_path(r"^.*/$", views.Nowhere.as_view()),
]
