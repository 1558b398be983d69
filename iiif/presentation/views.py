"""Answers of the Presentation API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseNotFound, JsonResponse
from django.http.response import HttpResponseBase

from archive.models import Collection
from archive.serving import open_to_all, stored
from iiif.presentation import collections
from iiif.renderers import ManifestRenderer


@open_to_all
def manifest(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The manifest of a document, as the worker rendered it."""
    return stored(request, identifier, ManifestRenderer.format)


@open_to_all
def top(request: HttpRequest) -> HttpResponseBase:
    """The collection that leads to all manifests."""
    return _answer(collections.top(after=_after(request)))


@open_to_all
def collection(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One public collection of manifests."""
    found = Collection.objects.public().filter(slug=slug).first()
    if found is None:
        return HttpResponseNotFound(f"There is no collection {slug}.\n", content_type="text/plain; charset=utf-8")
    return _answer(collections.of(found, after=_after(request)))


def _after(request: HttpRequest) -> int:
    given = request.GET.get("after", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0


def _answer(data: dict[str, Any]) -> HttpResponseBase:
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False}, content_type=ManifestRenderer.media_type)
    response["Cache-Control"] = "public, no-cache"
    return response
