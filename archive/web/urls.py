"""Addresses of the pages."""

from django.urls import path, re_path

from archive.models.identifiers import PATTERN
from archive.web import about, authorities, feeds, home, previews, queries, units, views
from archive.web.browsing import archives, collections, concepts, dates, people, places

app_name = "archive_web"

IDENTIFIER = rf"(?P<identifier>{PATTERN.pattern})"
EXTENSION = r"\.(?P<extension>[a-z]+)"

urlpatterns = [
    path("", home.home, name="home"),
    path("documents/", views.documents, name="documents"),
    path("documents.atom", feeds.feed, name="feed"),
    re_path(rf"^documents/{IDENTIFIER}\Z", views.document, name="document"),
    re_path(rf"^documents/{IDENTIFIER}\.(?P<extension>[a-z0-9.]+)\Z", views.document_as, name="document_as"),
    re_path(rf"^documents/{IDENTIFIER}/linkset\Z", views.linkset, name="linkset"),
    re_path(rf"^agents/{IDENTIFIER}\Z", authorities.agent, name="agent"),
    re_path(rf"^agents/{IDENTIFIER}{EXTENSION}\Z", authorities.agent, name="agent_as"),
    re_path(rf"^places/{IDENTIFIER}\Z", authorities.place, name="place"),
    re_path(rf"^places/{IDENTIFIER}{EXTENSION}\Z", authorities.place, name="place_as"),
    re_path(rf"^concepts/{IDENTIFIER}\Z", authorities.concept, name="concept"),
    re_path(rf"^concepts/{IDENTIFIER}{EXTENSION}\Z", authorities.concept, name="concept_as"),
    re_path(r"^schemes/(?P<slug>[-a-zA-Z0-9_]+)\Z", concepts.scheme, name="scheme"),
    re_path(rf"^schemes/(?P<slug>[-a-zA-Z0-9_]+){EXTENSION}\Z", concepts.scheme, name="scheme_as"),
    re_path(rf"^units/{IDENTIFIER}\Z", units.unit, name="unit"),
    re_path(rf"^units/{IDENTIFIER}{EXTENSION}\Z", units.unit, name="unit_as"),
    path("agents/", people.people, name="agents"),
    path("places/", places.places, name="places"),
    path("concepts/", concepts.concepts, name="concepts"),
    path("units/", archives.archives, name="units"),
    path("collections/", collections.collections, name="collections"),
    path("dates/", dates.years, name="dates"),
    re_path(r"^dates/(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?\Z", dates.period, name="date"),
    path("about/", about.about, name="about"),
    path("queries/<slug:slug>", queries.query, name="query"),
    path("queries/<slug:slug>.atom", queries.query_feed, name="query-feed"),
    path("preview/<str:token>", previews.preview, name="preview"),
    path("collections/<slug:slug>", views.collection, name="collection"),
    re_path(rf"^collections/(?P<slug>[-a-zA-Z0-9_]+){EXTENSION}\Z", views.collection, name="collection_as"),
]
