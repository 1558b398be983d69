"""What the stored manifest is measured against: the same bytes out of memory, and built in the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from iiif_prezi3 import Canvas, Manifest

from config import urls as site
from iiif.presentation.manifest import built

if TYPE_CHECKING:
    from archive.description import Description

#: What is answered; set by the measurement.
CONTENT = b""
DESCRIPTION: Description | None = None


def memory(request: HttpRequest, identifier: str) -> HttpResponse:
    """The bytes, as they lie there."""
    return HttpResponse(CONTENT, content_type="application/ld+json")


def prezi3(request: HttpRequest, identifier: str) -> HttpResponse:
    """The manifest, canvas by canvas, as the library's own examples have it."""
    assert DESCRIPTION is not None
    said = built(DESCRIPTION)
    manifest = Manifest(**{**said, "items": []})
    for canvas in said["items"]:
        manifest.items.append(Canvas(**canvas))
    return HttpResponse(manifest.json(), content_type="application/ld+json")


#: The site's own addresses, and just before those of IIIF these two, so that finding a view costs the same.
_HERE = next(number for number, each in enumerate(site.urlpatterns) if str(each.pattern) == "iiif/")
urlpatterns = [
    *site.urlpatterns[:_HERE],
    path("iiif/", include([path("<str:identifier>/memory", memory), path("<str:identifier>/prezi3", prezi3)])),
    *site.urlpatterns[_HERE:],
]
