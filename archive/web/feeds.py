"""Feeds: the documents that answer a query, the last published first, for who wants to hear of new ones (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from archive import uris
from archive.conf import conf
from archive.models import Document
from archive.models.document import DocumentQuerySet
from archive.vocab.characters import legal
from archive.web.finding import searchable

#: Documents in a feed.
MOST = 50
#: What a feed without documents was last changed at.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The documents that answer ``q``, or all, as Atom. A query that cannot be understood is answered 400."""
    typed = request.GET.get("q", "").strip() if searchable() else ""
    try:
        documents = _answering(typed) if typed else Document.objects.public()
    except ValueError as trouble:
        return HttpResponse(f"{_legal(str(trouble))}\n", status=400, content_type="text/plain; charset=utf-8")
    latest = list(documents.order_by("-published_at", "-pk")[:MOST])
    query = f"?{urlencode({'q': typed}, errors='replace')}" if typed else ""
    atom = _Feed(
        title=_legal(f"{conf().REPOSITORY_NAME}: {typed}" if typed else conf().REPOSITORY_NAME),
        link=uris.to("archive_web:documents") + query,
        feed_url=uris.to("archive_web:feed") + query,
        description="",
        updated=max((each.published_at for each in latest if each.published_at), default=_NEVER),
    )
    for document in latest:
        address = uris.document(document.identifier)
        atom.add_item(
            title=_legal(document.title), link=address, unique_id=address, description=_legal(document.summary),
            updateddate=document.published_at, pubdate=document.published_at,
        )  # fmt: skip
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


class _Feed(Atom1Feed):
    """Dated by its newest entry, and not by the clock: the same documents are the same feed."""

    def latest_post_date(self) -> datetime:
        """When the newest of the documents was published."""
        updated: datetime = self.feed["updated"]
        return updated


def _legal(text: str) -> str:
    """A text with a sign in place of what XML cannot carry (XML 1.0, section 2.2)."""
    return legal(text, instead="\ufffd")


def _answering(typed: str) -> DocumentQuerySet:
    from archive.search.query import Sort, search  # the app can be left out

    found = search(typed, sort=Sort.ADDED, limit=MOST).found
    return Document.objects.public().filter(pk__in=[each.key for each in found])
