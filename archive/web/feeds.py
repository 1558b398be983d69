"""Feeds: the documents that answer a query, the last published first, for who wants to hear of new ones (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from archive import uris
from archive.conf import conf
from archive.models import Document
from archive.models.document import DocumentQuerySet
from archive.serving import made
from archive.vocab.characters import legal
from archive.web.searching import Asked

#: Documents in a feed.
MOST = 50
#: What a feed without documents was last changed at.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@require_safe
def feed(request: HttpRequest) -> HttpResponseBase:
    """The documents that answer what the search was asked, or all. What cannot be understood is answered 400."""
    asked = Asked.of(request.GET, 1)
    try:
        documents = _answering(asked) if asked else Document.objects.public()
    except ValueError as trouble:
        return HttpResponse(f"{_legal(str(trouble))}\n", status=400, content_type="text/plain; charset=utf-8")
    query = asked.without_page(order="relevance") if asked else ""
    return atom(
        request,
        documents,
        title=f"{conf().REPOSITORY_NAME}: {asked.typed}" if asked.typed else conf().REPOSITORY_NAME,
        page=uris.to("archive_web:documents") + query,
        address=uris.to("archive_web:feed") + query,
    )


def atom(
    request: HttpRequest, documents: DocumentQuerySet, *, title: str, page: str, address: str, subtitle: str = ""
) -> HttpResponseBase:
    """The last published of some public documents as a feed; ``page`` shows the same, ``address`` is the feed's own."""
    latest = list(documents.order_by("-published_at", "-pk")[:MOST])
    written = _Feed(
        title=_legal(title), link=page, feed_url=address, description="", subtitle=_legal(subtitle),
        updated=max((each.published_at for each in latest if each.published_at), default=_NEVER),
    )  # fmt: skip
    for document in latest:
        link = uris.document(document.identifier)
        written.add_item(
            title=_legal(document.title), link=link, unique_id=link, description=_legal(document.summary),
            updateddate=document.published_at, pubdate=document.published_at,
        )  # fmt: skip
    return made(request, written.writeString("utf-8").encode(), "application/atom+xml; charset=utf-8")


class _Feed(Atom1Feed):
    """Dated by its newest entry, and not by the clock: the same documents are the same feed."""

    def latest_post_date(self) -> datetime:
        """When the newest of the documents was published."""
        updated: datetime = self.feed["updated"]
        return updated


def _legal(text: str) -> str:
    """A text with a sign in place of what XML cannot carry (XML 1.0, section 2.2)."""
    return legal(text, instead="\ufffd")


def _answering(asked: Asked) -> DocumentQuerySet:
    from archive.search.query import Sort, search  # the app can be left out

    found = search(asked.typed, narrowed=asked.by_facet(), sort=Sort.ADDED, limit=MOST).found
    return Document.objects.public().filter(pk__in=[each.key for each in found])
