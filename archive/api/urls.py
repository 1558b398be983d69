"""Addresses of the app."""

from django.urls import path, re_path

from archive.api import accession_verbs, accession_views, browsing, collection_views, document_views, things, views
from archive.api.access import ProtectedAPIView
from archive.api.curation import publishing
from archive.api.curation.batches import Batches
from archive.api.curation.views import VIEWS

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

THINGS: tuple[tuple[str, type[things.ThingList], type[things.ThingDetail]], ...] = (
    ("agent", things.AgentList, things.AgentDetail),
    ("place", things.PlaceList, things.PlaceDetail),
    ("concept", things.ConceptList, things.ConceptDetail),
    ("scheme", things.SchemeList, things.SchemeDetail),
    ("unit", things.UnitList, things.UnitDetail),
)

urlpatterns = [
    path("", views.Root.as_view(), name="root"),
    path("documents/", document_views.DocumentList.as_view(), name="documents"),
    path("documents/<slug:identifier>/", document_views.DocumentDetail.as_view(), name="document"),
    path("documents/<slug:identifier>/texts/<int:number>/", document_views.TextDetail.as_view(), name="document-text"),
    path("documents/<slug:identifier>/pages/", document_views.PageList.as_view(), name="document-pages"),
    *(path(f"{name}s/", many.as_view(), name=f"{name}s") for name, many, _ in THINGS),
    *(path(f"{name}s/<slug:identifier>/", one.as_view(), name=name) for name, _, one in THINGS),
    path("collections/", collection_views.CollectionList.as_view(), name="collections"),
    path("collections/<slug:slug>/", collection_views.CollectionDetail.as_view(), name="collection"),
    path("accessions/", accession_views.AccessionList.as_view(), name="accessions"),
    path("accessions/<int:pk>/", accession_views.AccessionDetail.as_view(), name="accession"),
    *(path(f"accessions/<int:pk>/{name}/", view.as_view(), name=f"accession-{name}") for name, view in BELOW.items()),
    *(path(f"curation/{name}/", many.as_view(), name=f"curation-{name}") for name, (many, _) in VIEWS.items()),
    *(
        path(f"curation/{name}/<slug:name>/", one.as_view(), name=f"curation-{one.noun.singular}")
        for name, (_, one) in VIEWS.items()
    ),
    path("curation/batches/", Batches.as_view(), name="curation-batches"),
    path("curation/publications/", publishing.Publications.as_view(), name="curation-publications"),
    path("curation/withdrawals/", publishing.Withdrawals.as_view(), name="curation-withdrawals"),
    path("curation/jobs/<int:pk>/", publishing.JobDetail.as_view(), name="curation-job"),
    path("docs/", browsing.browse, name="docs"),
    path("schema/", views.Schema.as_view(), name="schema"),
    # Addresses without a slash at the end are left to Django, which adds it.
    re_path(r"^[\s\S]*/\Z", views.Nowhere.as_view()),
]
