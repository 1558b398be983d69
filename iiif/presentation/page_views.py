"""Answers about single pages, and about the file of them: lines, ALTO, PDF. Of what is not public there is none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from archive import alto, uris
from archive.description import PageDescription, describe, describe_page
from archive.models import Document, Page
from archive.models.page import PageKind, private_storage
from archive.serving import TEXT, open_to_all
from archive.typesetting.pages import pdf_name
from iiif.presentation import version2
from iiif.presentation.annotations import lines_of, list_of
from iiif.renderers import ManifestRenderer


@open_to_all
def lines(request: HttpRequest, page: str) -> HttpResponseBase:
    """The lines of a page, as an annotation page."""
    return _about(request, page, ManifestRenderer.media_type, _json(lines_of))


@open_to_all
def lines_2(request: HttpRequest, page: str) -> HttpResponseBase:
    """The same as an annotation list of Presentation 2.1."""
    return _about(request, page, version2.MEDIA_TYPE, _json(list_of))


@open_to_all
def page_alto(request: HttpRequest, page: str) -> HttpResponseBase:
    """The lines and words of a page as ALTO."""

    def made(identifier: str, described: PageDescription) -> bytes:
        return alto.alto_of([described], file_name=uris.image_service(described.identifier))

    return _about(request, page, alto.MEDIA_TYPE, made)


@open_to_all
def document_alto(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The lines and words of all pages of a document as ALTO."""
    key = Document.objects.public().filter(identifier=identifier).values_list("pk", flat=True).first()
    pages = describe([key], with_sets=False)[0].pages if key else ()
    if not any(page.lines for page in pages):
        return HttpResponseNotFound(f"There are no lines of a document {identifier}.\n", content_type=TEXT)
    return _answer(request, alto.alto_of(pages), alto.MEDIA_TYPE)


@open_to_all
def pdf(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The typeset pages of a document, as they were set."""
    found = (
        _public_pages()
        .filter(document__identifier=identifier, kind=PageKind.TYPESET)
        .order_by("order")
        .values_list("fingerprint", flat=True)
        .first()
    )
    if found is None:
        return HttpResponseNotFound(f"There are no typeset pages of a document {identifier}.\n", content_type=TEXT)
    response: HttpResponseBase | None = get_conditional_response(request, quote_etag(found))
    if response is None:
        try:
            file = private_storage().open(pdf_name(identifier, found))
        except FileNotFoundError:
            return HttpResponseNotFound(f"The PDF of document {identifier} is being made.\n", content_type=TEXT)
        response = FileResponse(file, content_type="application/pdf", filename=f"{identifier}.pdf")
    return _cached(response, found)


def _about(
    request: HttpRequest, page: str, media_type: str, make: Callable[[str, PageDescription], bytes]
) -> HttpResponseBase:
    """What is made of a public page that has lines; 404 of any other."""
    found = _public_pages().filter(identifier=page).select_related("document", "text").first()
    described = describe_page(found) if found else None
    if found is None or described is None or not described.lines:
        return HttpResponseNotFound(f"There are no lines of a page {page}.\n", content_type=TEXT)
    return _answer(request, make(found.document.identifier, described), media_type)


def _answer(request: HttpRequest, content: bytes, media_type: str) -> HttpResponseBase:
    etag = hashlib.sha256(content).hexdigest()
    response = get_conditional_response(request, quote_etag(etag)) or HttpResponse(content, content_type=media_type)
    return _cached(response, etag)


def _public_pages() -> Any:
    return Page.objects.filter(document__in=Document.objects.public())


def _json(build: Callable[[str, PageDescription], dict[str, Any]]) -> Callable[[str, PageDescription], bytes]:
    def made(identifier: str, described: PageDescription) -> bytes:
        return json.dumps(build(identifier, described), ensure_ascii=False, separators=(",", ":")).encode()

    return made


def _cached(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    """Caches may keep a copy and must ask before using it, so that a withdrawal is felt at once."""
    response["ETag"] = quote_etag(etag)
    response["Cache-Control"] = "public, no-cache"
    return response
