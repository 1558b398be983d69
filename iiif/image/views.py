"""Answers of the Image API."""

from __future__ import annotations

import hashlib
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from archive import uris
from archive.conf import conf
from archive.models import Document, Page
from archive.negotiation import choose
from archive.serving import TEXT, open_to_all
from iiif.image.errors import ImageRefused
from iiif.image.information import CONTEXT, LEVEL, information
from iiif.image.parameters import FORMATS, ImageRequest
from iiif.image.plans import plan

JSON: Final = "application/json"
JSON_LD: Final = f'application/ld+json;profile="{CONTEXT}"'

#: Caches may keep a copy and must ask before using it, so that a withdrawal is felt at once.
CACHING: Final = "public, no-cache"


@open_to_all
def base(request: HttpRequest, page: str) -> HttpResponseBase:
    """The address of the image itself leads to its information (section 2)."""
    if _public_page(page) is None:
        return _unknown(page)
    return HttpResponse(status=303, headers={"Location": uris.to("iiif:info", page)})


@open_to_all
def info(request: HttpRequest, page: str) -> HttpResponseBase:
    """info.json of a page."""
    found = _public_page(page)
    if found is None:
        return _unknown(page)
    wanted = choose(request.headers.get("Accept", ""), [JSON, "application/ld+json", JSON_LD]) or JSON
    response = JsonResponse(
        information(found, uris.to("iiif:image", page), limit=conf().IMAGE_PIXEL_LIMIT),
        content_type=JSON if wanted == JSON else JSON_LD,
    )
    response["Link"] = f'<{LEVEL}>;rel="profile"'
    response["Cache-Control"] = CACHING
    patch_vary_headers(response, ["Accept"])
    return response


@open_to_all
def image(
    request: HttpRequest,
    page: str,
    region: str,
    size: str,
    rotation: str,
    quality: str,
    format: str,  # noqa: A002 - the word of the specification
) -> HttpResponseBase:
    """An image made from a page."""
    found = _public_page(page)
    if found is None:
        return _unknown(page)
    try:
        asked = ImageRequest.parse(region, size, rotation, quality, format)
        planned = plan(asked, width=found.width, height=found.height, limit=conf().IMAGE_PIXEL_LIMIT)
    except ImageRefused as refusal:
        return HttpResponse(f"{refusal}\n", status=refusal.status, content_type=TEXT)
    # libvips starts threads, which do not live through a fork: it is loaded where an image is first made.
    from iiif.image.derivation import VERSION, derive

    etag = quote_etag(hashlib.sha256(f"{VERSION} {found.sha256} {planned.canonical}".encode()).hexdigest())
    response = get_conditional_response(request, etag)
    if response is None:
        response = HttpResponse(derive(found, planned), content_type=FORMATS[planned.format])
    response["ETag"] = etag
    response["Cache-Control"] = CACHING
    response["Link"] = f'<{uris.to("iiif:image", page)}/{planned.canonical}>;rel="canonical",<{LEVEL}>;rel="profile"'
    return response


@open_to_all
def malformed(request: HttpRequest, page: str, rest: str) -> HttpResponseBase:
    """Anything else that is asked of a page."""
    if _public_page(page) is None:
        return _unknown(page)
    form = "/{region}/{size}/{rotation}/{quality}.{format}"
    return HttpResponseBadRequest(f"'/{rest}' is no request for an image: write {form}.\n", content_type=TEXT)


def _public_page(identifier: str) -> Page | None:
    """The page, if everybody may see its document."""
    return (
        Page.objects.filter(identifier=identifier, document__in=Document.objects.public())
        .only("identifier", "image", "width", "height", "sha256")
        .first()
    )


def _unknown(page: str) -> HttpResponse:
    return HttpResponseNotFound(f"There is no image {page}.\n", content_type=TEXT)
