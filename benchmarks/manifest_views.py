"""What the stored manifest is measured against: the same bytes out of memory, and built in the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from iiif_prezi3 import Canvas, Manifest

from iiif.presentation.manifest import built

if TYPE_CHECKING:
    from archive.description import Description

#: What is answered; set by the measurement.
CONTENT = b""
DESCRIPTION: Description | None = None


def memory(request: HttpRequest) -> HttpResponse:
    """The bytes, as they lie there."""
    return HttpResponse(CONTENT, content_type="application/ld+json")


def prezi3(request: HttpRequest) -> HttpResponse:
    """The manifest, canvas by canvas, as the library's own examples have it."""
    assert DESCRIPTION is not None
    said = built(DESCRIPTION)
    manifest = Manifest(**{**said, "items": []})
    for canvas in said["items"]:
        manifest.items.append(Canvas(**canvas))
    return HttpResponse(manifest.json(), content_type="application/ld+json")


urlpatterns = [path("memory", memory), path("prezi3", prezi3), path("", include("config.urls"))]
