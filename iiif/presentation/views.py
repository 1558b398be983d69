"""Answers of the Presentation API."""

from __future__ import annotations

import functools
import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from archive.models import Collection
from archive.serving import TEXT, Turned, open_to_all, stored
from iiif.presentation import addresses, collections, version2
from iiif.renderers import ManifestRenderer, TextRenderer


@open_to_all
def manifest(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The manifest of a document, as the worker rendered it."""
    return stored(request, identifier, ManifestRenderer.format)


@open_to_all
def manifest_2(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The same in the words of Presentation 2.1."""
    turn = functools.partial(version2.turned, address=addresses.manifest_2(identifier))
    return stored(request, identifier, ManifestRenderer.format, turned=Turned("2", version2.MEDIA_TYPE, turn))


@open_to_all
def text(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The texts of a document, plain."""
    return stored(request, identifier, TextRenderer.format)


@open_to_all
def top(request: HttpRequest) -> HttpResponseBase:
    """The collection that leads to all manifests."""
    return _answer(request, collections.top(after=_after(request)))


@open_to_all
def collection(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One public collection of manifests."""
    found = Collection.objects.public().filter(slug=slug).select_related("parent").first()
    if found is None:
        return HttpResponseNotFound(f"There is no collection {slug}.\n", content_type=TEXT)
    return _answer(request, collections.of(found, after=_after(request)))


@open_to_all
def holdings(request: HttpRequest) -> HttpResponseBase:
    """The collection that leads down the archival tree."""
    return _answer(request, collections.holdings())


@open_to_all
def unit(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """An archival unit that something public is kept in or below; of any other, nothing is said."""
    found = collections.public_unit(identifier)
    if found is None:
        return HttpResponseNotFound(f"There is no archival unit {identifier}.\n", content_type=TEXT)
    return _answer(request, collections.of_unit(found, after=_after(request)))


def _after(request: HttpRequest) -> int | None:
    given = request.GET.get("after", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


def _answer(request: HttpRequest, data: dict[str, Any]) -> HttpResponseBase:
    content = json.dumps(data, ensure_ascii=False).encode()
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    found = get_conditional_response(request, etag)
    response = found or HttpResponse(content, content_type=ManifestRenderer.media_type)
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    return response
