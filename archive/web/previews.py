"""Previews of the page of a document that is not public, for archivists and for those who hold a link.

No cache may keep one, no search engine list it, and no other site hear of its address.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from archive import uris
from archive.models import Document
from archive.previews import PreviewEnded, document_of, registry
from archive.web.document_page import preview_page
from archive.web.responses import page
from archive.web.views import not_found


class Pages:
    """Tells archive that the page of a document is here."""

    def page(self, request: HttpRequest, document: Document) -> HttpResponse:
        """The page, marked as a preview."""
        return _kept_private(preview_page(request, document))

    def address(self, token: str) -> str:
        """Where the holder of a token finds it."""
        return uris.to("archive_web:preview", token)


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a document for whoever holds the link, and nothing else of it."""
    try:
        found = document_of(token)
    except PreviewEnded as ended:
        return _kept_private(page(request, "archive_web/preview_ended.html", {"reason": str(ended)}, status=410))
    return _kept_private(preview_page(request, found) if found else not_found(request))


def _kept_private(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


registry.register(Pages())
