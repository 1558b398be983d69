"""Views of the app: shells around what is stored."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import condition, require_safe

from archive import negotiation, serving, uris
from archive.lod import context as jsonld_context
from archive.representations import Renderer, registry

#: Seconds for which a copy of the context is good. It is versioned and names keep their meaning.
CONTEXT_AGE = 24 * 60 * 60


def _context_etag(request: HttpRequest) -> str:
    return f'"{sha256(jsonld_context.document()).hexdigest()}"'


@require_safe
@condition(etag_func=_context_etag)
def context(request: HttpRequest) -> HttpResponse:
    """The JSON-LD context, which processors on any site may fetch and keep."""
    return HttpResponse(
        jsonld_context.document(),
        content_type="application/ld+json",
        headers={"Access-Control-Allow-Origin": "*", "Cache-Control": f"public, max-age={CONTEXT_AGE}"},
    )


@require_safe
def document(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """A document in the form that the client would rather have."""
    offers = registry.negotiable()
    chosen = negotiation.choose(request.headers.get("Accept", ""), [offer.media_type for offer in offers])
    renderer = next((offer for offer in offers if offer.media_type == chosen), None)
    if renderer is None:
        response: HttpResponseBase = serving.plain(406, _instead(identifier, offers))
    else:
        response = serving.stored(request, identifier, renderer.format)
        if response.status_code in {200, 304}:
            response["Content-Location"] = _address(identifier, renderer)
    response["Vary"] = "Accept"
    return response


@require_safe
def document_as(request: HttpRequest, identifier: str, extension: str) -> HttpResponseBase:
    """A document in the form that its address names."""
    renderer = next((each for each in registry.negotiable() if each.extension == extension), None)
    if renderer is None:
        return serving.plain(404, _instead(identifier, registry.negotiable()))
    return serving.stored(request, identifier, renderer.format)


def _address(identifier: str, renderer: Renderer) -> str:
    return f"{uris.document(identifier)}.{renderer.extension}"


def _instead(identifier: str, offers: tuple[Renderer, ...]) -> str:
    """What there is instead of what was asked for; the same for documents that are not public."""
    lines = [f"{offer.media_type}  {_address(identifier, offer)}" for offer in offers]
    return "\n".join(["A document can be had as:", *lines])
