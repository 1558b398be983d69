"""Answers of the Image API, in both of its versions."""

from __future__ import annotations

import hashlib
import json
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from archive import uris
from archive.conf import conf
from archive.models import Page
from archive.negotiation import choose
from archive.serving import CACHING, TEXT, busy, made, open_to_all
from iiif.image import making
from iiif.image.errors import Busy, ImageRefused
from iiif.image.information import CONTEXT, LEVEL, information
from iiif.image.pages import public_page
from iiif.image.parameters import FORMATS, ImageRequest
from iiif.image.plans import VERSION, Plan, plan

JSON: Final = "application/json"


@open_to_all
def base(request: HttpRequest, page: str, version: int = 3) -> HttpResponseBase:
    """The address of the image itself leads to its information (section 2)."""
    if public_page(page) is None:
        return _unknown(page)
    return HttpResponse(status=303, headers={"Location": f"{_service(page, version)}/info.json"})


@open_to_all
def info(request: HttpRequest, page: str, version: int = 3) -> HttpResponseBase:
    """info.json of a page."""
    found = public_page(page)
    if found is None:
        return _unknown(page)
    data = information(found, _service(page, version), limit=conf().IMAGE_PIXEL_LIMIT, version=version)
    json_ld = f'application/ld+json;profile="{CONTEXT[version]}"'
    wanted = choose(request.headers.get("Accept", ""), [JSON, "application/ld+json", json_ld]) or JSON
    response = made(request, json.dumps(data).encode(), JSON if wanted == JSON else json_ld)
    response["Link"] = f'<{LEVEL[version]}>;rel="profile"'
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
    version: int = 3,
) -> HttpResponseBase:
    """An image made from a page."""
    found = public_page(page)
    if found is None:
        return _unknown(page)
    try:
        asked = ImageRequest.parse(region, size, rotation, quality, format, version=version)
        planned = plan(asked, width=found.width, height=found.height, limit=conf().IMAGE_PIXEL_LIMIT)
        return _image(request, found, planned, version)
    except ImageRefused as refusal:
        return HttpResponse(f"{refusal}\n", status=refusal.status, content_type=TEXT)
    except Busy as refusal:
        return busy(f"{refusal}\n", after=refusal.after)


@open_to_all
def malformed(request: HttpRequest, page: str, rest: str, version: int = 3) -> HttpResponseBase:
    """Anything else that is asked of a page."""
    if public_page(page) is None:
        return _unknown(page)
    form = "/{region}/{size}/{rotation}/{quality}.{format}"
    return HttpResponseBadRequest(f"'/{rest}' is no request for an image: write {form}.\n", content_type=TEXT)


def _image(request: HttpRequest, page: Page, planned: Plan, version: int) -> HttpResponseBase:
    """The image of a plan; for who has it already, it is not made."""
    etag = quote_etag(hashlib.sha256(f"{VERSION} {page.sha256} {planned.canonical}".encode()).hexdigest())
    response = get_conditional_response(request, etag)
    if response is None:
        response = HttpResponse(making.made(page, planned), content_type=FORMATS[planned.format])
    service = _service(page.identifier, version)
    response["ETag"] = etag
    response["Cache-Control"] = CACHING
    response["Link"] = f'<{service}/{planned.canonical}>;rel="canonical",<{LEVEL[version]}>;rel="profile"'
    return response


def _service(page: str, version: int) -> str:
    """The address of the service of a page in a version of the API."""
    return uris.to("iiif:image", page) if version == 3 else uris.to("iiif:image-2", page)


def _unknown(page: str) -> HttpResponse:
    return HttpResponseNotFound(f"There is no image {page}.\n", content_type=TEXT)
