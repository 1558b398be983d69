"""Queries: those that an archivist keeps for readers, each with a page and a feed of its own.

They are the stored queries that harvesters know as sets: one thing, edited in one place, with three doors.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from archive import uris
from archive.conf import conf
from archive.models import StoredQuery
from archive.sets.queries import answers, stored_queries
from archive.web import finding
from archive.web.feeds import atom
from archive.web.responses import not_found, page, page_number


def for_readers() -> QuerySet[StoredQuery]:
    """The queries that have a page, by title."""
    return StoredQuery.objects.filter(for_readers=True)


@require_safe
def query(request: HttpRequest, slug: str) -> HttpResponse:
    """A query with the documents that answer it now, the last published first."""
    found = for_readers().filter(slug=slug).first()
    if found is None:
        return not_found(request)
    documents = answers(found, stored_queries()).order_by("-published_at", "-pk")
    context = {"query": found, "listing": finding.listed(documents, page_number(request))}
    return page(request, "archive_web/query.html", context)


@require_safe
def query_feed(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as Atom."""
    found = for_readers().filter(slug=slug).first()
    if found is None:
        return not_found(request)
    return atom(
        request,
        answers(found, stored_queries()),
        title=f"{conf().REPOSITORY_NAME}: {found.title}",
        subtitle=found.description,
        page=uris.to("archive_web:query", slug),
        address=uris.to("archive_web:query-feed", slug),
    )
