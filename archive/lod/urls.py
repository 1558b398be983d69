"""Addresses of the app that are the same beside pages and without them."""

from django.urls import path

from archive.languages import in_their_language as spoken
from archive.lod import sitemaps, views
from archive.lod.dumps import views as dumps
from archive.lod.reconciliation import views as reconciliation
from archive.lod.sparql import views as sparql

app_name = "archive_lod"

urlpatterns = [
    path("context.jsonld", views.context, name="context"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap, name="sitemap"),
    path("shapes", views.shapes, name="shapes"),
    path("sparql", spoken(sparql.sparql), name="sparql"),
    path("dumps/", spoken(dumps.dumps), name="dumps"),
    path("dumps/<str:name>", dumps.dump_file, name="dump-file"),
    path(".well-known/void", dumps.void, name="void"),
    path("catalog", dumps.catalog, name="catalog"),
    path("reconcile", reconciliation.reconcile, name="reconcile"),
    path("reconcile/suggest/entity", reconciliation.suggest_entity, name="suggest-entity"),
    path("reconcile/suggest/type", reconciliation.suggest_type, name="suggest-type"),
    path("reconcile/suggest/property", reconciliation.suggest_property, name="suggest-property"),
    path("reconcile/properties", reconciliation.propose_properties, name="propose-properties"),
    path("reconcile/preview", reconciliation.preview, name="reconcile-preview"),
    path("reconcile/view", reconciliation.view, name="reconcile-view"),
]
