"""Views of the app: shells around what is stored."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import condition

from archive import uris
from archive.lod import context as jsonld_context
from archive.lod.shapes import SHAPES
from archive.models import Agent, Concept, Kind, Place
from archive.naming import publicly_named, successor
from archive.negotiation import choose
from archive.representations import Registry, RendererOf, registries, registry
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
def shapes(request: HttpRequest) -> HttpResponse:
    """The shapes that the records of the archive have (SHACL), for whoever takes them over."""
    return HttpResponse(
        SHAPES.read_bytes(),
        content_type="text/turtle; charset=utf-8",
        headers={"Cache-Control": f"public, max-age={CONTEXT_AGE}"},
    )


@open_to_all
def document(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """A document in the form that the client likes best."""
    return _negotiated(request, identifier, registry)


@open_to_all
def document_as(request: HttpRequest, identifier: str, extension: str) -> HttpResponseBase:
    """A document in the form that its address names."""
    return _as(request, identifier, extension, registry)


@open_to_all
def thing(request: HttpRequest, folder: str, identifier: str) -> HttpResponseBase:
    """An agent, a place, a concept, a scheme, a unit or a collection in the form that the client likes best."""
    kind = Kind(folder.removesuffix("s"))
    return _merged(kind, identifier) or _negotiated(request, kind.identifier(identifier), registries[kind])


@open_to_all
def thing_as(request: HttpRequest, folder: str, identifier: str, extension: str) -> HttpResponseBase:
    """One of these in the form that its address names."""
    kind = Kind(folder.removesuffix("s"))
    return _merged(kind, identifier, extension) or _as(
        request, kind.identifier(identifier), extension, registries[kind]
    )


#: What can be merged.
_AUTHORITIES: dict[Kind, type[Agent] | type[Place] | type[Concept]] = {
    Kind.AGENT: Agent, Kind.PLACE: Place, Kind.CONCEPT: Concept,
}  # fmt: skip


def _merged(kind: Kind, identifier: str, extension: str = "") -> HttpResponse | None:
    """The way to what took the place of a merged thing; None for a thing that is none."""
    model = _AUTHORITIES.get(kind)
    if model is None:
        return None
    merged = model._default_manager.filter(identifier=identifier, merged_into__isnull=False).first()
    if merged is None:
        return None
    found = successor(merged)
    if not publicly_named(model._default_manager.filter(pk=found.pk)).exists():
        return HttpResponseNotFound(f"There is no {kind} {identifier}.\n", content_type=TEXT)
    uri = uris.served(kind.identifier(found.identifier))
    response = HttpResponsePermanentRedirect(f"{uri}.{extension}" if extension else uri)
    # A merge can be undone: a browser may remember where the address leads, and must ask each time.
    response["Cache-Control"] = "no-cache"
    return response


def _negotiated(request: HttpRequest, served: str, renderers: Registry[Any]) -> HttpResponseBase:
    offers = {renderer.media_type: renderer for renderer in renderers.negotiable()}
    chosen = choose(request.headers.get("Accept", ""), list(offers))
    response: HttpResponseBase
    if chosen is None:
        response = HttpResponse(_instead(served, renderers), content_type=TEXT, status=406)
    else:
        response = stored(request, served, offers[chosen].format)
        if response.status_code in {200, 304}:
            response["Content-Location"] = _address(served, offers[chosen])
    patch_vary_headers(response, ["Accept"])
    return response


def _as(request: HttpRequest, served: str, extension: str, renderers: Registry[Any]) -> HttpResponseBase:
    renderer = next((each for each in renderers.negotiable() if each.extension == extension), None)
    if renderer is None:
        return HttpResponseNotFound(_instead(served, renderers), content_type=TEXT)
    return stored(request, served, renderer.format)


def _address(served: str, renderer: RendererOf[Any]) -> str:
    return f"{uris.served(served)}.{renderer.extension}"


def _instead(served: str, renderers: Registry[Any]) -> str:
    """What there is instead of what was asked for; the same whether or not there is such a thing."""
    lines = [f"{offer.media_type}  {_address(served, offer)}" for offer in renderers.negotiable()]
    return "\n".join(["It can be had as:", *lines, ""])
