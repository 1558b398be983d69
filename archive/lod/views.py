"""Views of the app: shells around what is stored."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import condition

from archive import uris
from archive.lod import context as jsonld_context
from archive.negotiation import choose
from archive.representations import Renderer, registry
from archive.serving import TEXT, open_to_all, stored

#: Seconds for which a copy of the context is good. It is versioned and names keep their meaning.
CONTEXT_AGE = 24 * 60 * 60


def _context_etag(request: HttpRequest) -> str:
    return f'"{sha256(jsonld_context.document()).hexdigest()}"'


@open_to_all
@condition(etag_func=_context_etag)
def context(request: HttpRequest) -> HttpResponse:
    """The JSON-LD context, which processors on any site may fetch and keep."""
    return HttpResponse(
        jsonld_context.document(),
        content_type="application/ld+json",
        headers={"Cache-Control": f"public, max-age={CONTEXT_AGE}"},
    )


@open_to_all
def document(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """A document in the form that the client likes best."""
    offers = {renderer.media_type: renderer for renderer in registry.negotiable()}
    chosen = choose(request.headers.get("Accept", ""), list(offers))
    response: HttpResponseBase
    if chosen is None:
        response = HttpResponse(_instead(identifier), content_type=TEXT, status=406)
    else:
        response = stored(request, identifier, offers[chosen].format)
        if response.status_code in {200, 304}:
            response["Content-Location"] = _address(identifier, offers[chosen])
    patch_vary_headers(response, ["Accept"])
    return response


@open_to_all
def document_as(request: HttpRequest, identifier: str, extension: str) -> HttpResponseBase:
    """A document in the form that its address names."""
    renderer = next((each for each in registry.negotiable() if each.extension == extension), None)
    if renderer is None:
        return HttpResponseNotFound(_instead(identifier), content_type=TEXT)
    return stored(request, identifier, renderer.format)


def _address(identifier: str, renderer: Renderer) -> str:
    return f"{uris.document(identifier)}.{renderer.extension}"


def _instead(identifier: str) -> str:
    """What there is instead of what was asked for; the same whether or not there is such a document."""
    lines = [f"{offer.media_type}  {_address(identifier, offer)}" for offer in registry.negotiable()]
    return "\n".join(["A document can be had as:", *lines, ""])
