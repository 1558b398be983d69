"""Addresses of the app."""

from django.urls import path, re_path

from archive.api import accession_verbs, accession_views, views
from archive.api.access import ProtectedAPIView

app_name = "archive_api"

#: What lies below the address of an accession.
BELOW: dict[str, type[ProtectedAPIView]] = {
    "files": accession_views.FileList,
    "items": accession_views.ItemList,
    "report": accession_views.Report,
    "refused": accession_views.Refused,
    "cancel": accession_verbs.Cancel,
    "retry": accession_verbs.Retry,
    "take-in": accession_verbs.TakeIn,
    "discard": accession_verbs.Discard,
    "undo": accession_verbs.Undo,
}

urlpatterns = [
    path("", views.Root.as_view(), name="root"),
    path("documents/", views.DocumentList.as_view(), name="documents"),
    path("documents/<slug:identifier>/", views.DocumentDetail.as_view(), name="document"),
    path("collections/", views.CollectionList.as_view(), name="collections"),
    path("accessions/", accession_views.AccessionList.as_view(), name="accessions"),
    path("accessions/<int:pk>/", accession_views.AccessionDetail.as_view(), name="accession"),
    *(path(f"accessions/<int:pk>/{name}/", view.as_view(), name=f"accession-{name}") for name, view in BELOW.items()),
    path("schema/", views.Schema.as_view(), name="schema"),
    # Addresses without a slash at the end are left to Django, which adds it.
    re_path(r"^.*/$", views.Nowhere.as_view()),
]
