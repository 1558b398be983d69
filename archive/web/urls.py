"""Addresses of the pages."""

from django.urls import path, re_path

from archive.languages import in_their_language as spoken
from archive.models.identifiers import PATTERN
from archive.web import about, authorities, feeds, home, previews, queries, unapi, units, views
from archive.web.browsing import archives, collections, concepts, dates, people, places

app_name = "archive_web"

IDENTIFIER = rf"(?P<identifier>{PATTERN.pattern})"
EXTENSION = r"\.(?P<extension>[a-z]+)"

urlpatterns = [
    path("", spoken(home.home), name="home"),
    path("documents/", spoken(views.documents), name="documents"),
    path("documents.atom", feeds.feed, name="feed"),
    re_path(rf"^documents/{IDENTIFIER}\Z", spoken(views.document), name="document"),
    re_path(rf"^documents/{IDENTIFIER}\.(?P<extension>[a-z0-9.]+)\Z", spoken(views.document_as), name="document_as"),
    re_path(rf"^documents/{IDENTIFIER}/linkset\Z", views.linkset, name="linkset"),
    re_path(rf"^agents/{IDENTIFIER}\Z", spoken(authorities.agent), name="agent"),
    re_path(rf"^agents/{IDENTIFIER}{EXTENSION}\Z", spoken(authorities.agent), name="agent_as"),
    re_path(rf"^places/{IDENTIFIER}\Z", spoken(authorities.place), name="place"),
    re_path(rf"^places/{IDENTIFIER}{EXTENSION}\Z", spoken(authorities.place), name="place_as"),
    re_path(rf"^concepts/{IDENTIFIER}\Z", spoken(authorities.concept), name="concept"),
    re_path(rf"^concepts/{IDENTIFIER}{EXTENSION}\Z", spoken(authorities.concept), name="concept_as"),
    re_path(r"^schemes/(?P<slug>[-a-zA-Z0-9_]+)\Z", spoken(concepts.scheme), name="scheme"),
    re_path(rf"^schemes/(?P<slug>[-a-zA-Z0-9_]+){EXTENSION}\Z", spoken(concepts.scheme), name="scheme_as"),
    re_path(rf"^units/{IDENTIFIER}\Z", spoken(units.unit), name="unit"),
    re_path(rf"^units/{IDENTIFIER}{EXTENSION}\Z", spoken(units.unit), name="unit_as"),
    path("agents/", spoken(people.people), name="agents"),
    path("places/", spoken(places.places), name="places"),
    path("concepts/", spoken(concepts.concepts), name="concepts"),
    path("units/", spoken(archives.archives), name="units"),
    path("collections/", spoken(collections.collections), name="collections"),
    path("dates/", spoken(dates.years), name="dates"),
    re_path(
        r"^dates/(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?\Z",
        spoken(dates.period),
        name="date",
    ),
    path("unapi", unapi.unapi, name="unapi"),
    path("about/", spoken(about.about), name="about"),
    path("queries/<slug:slug>", spoken(queries.query), name="query"),
    path("queries/<slug:slug>.atom", queries.query_feed, name="query-feed"),
    path("preview/<str:token>", spoken(previews.preview), name="preview"),
    path("collections/<slug:slug>", spoken(views.collection), name="collection"),
    re_path(rf"^collections/(?P<slug>[-a-zA-Z0-9_]+){EXTENSION}\Z", spoken(views.collection), name="collection_as"),
]
