"""Forms: the page of a thing and its other forms, negotiated at one address and each at an address of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from archive.models import Kind, Representation
from archive.negotiation import choose
from archive.representations import RendererOf, registries
from archive.serving import stored
from archive.web.panels import Link
from archive.web.responses import not_found

HTML = "text/html"
#: What the forms are called by those who use them.
LABELS = {
    "application/ld+json": "JSON-LD",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF/XML",
    "text/turtle": "Turtle",
}


def formats_of(identifier: str) -> frozenset[str]:
    """The formats in which something is stored under an identifier."""
    rows = Representation.objects.filter(identifier=identifier, withdrawn=False)
    return frozenset(rows.values_list("format", flat=True))


def forms_of(kind: Kind, identifier: str) -> list[RendererOf[Any]]:
    """The forms of a thing that its own address offers beside the page."""
    formats = formats_of(kind.identifier(identifier))
    return [renderer for renderer in registries[kind].negotiable() if renderer.format in formats]


def links_to(uri: str, forms: Sequence[RendererOf[Any]]) -> list[Link]:
    """The forms as links, for the page and its head."""
    return [
        Link(LABELS.get(each.media_type, each.format), f"{uri}.{each.extension}", each.media_type) for each in forms
    ]


def answered(
    request: HttpRequest,
    kind: Kind,
    identifier: str,
    uri: str,
    extension: str,
    page: Callable[[list[Link]], HttpResponse],
) -> HttpResponseBase:
    """A public thing in the form that its address names, or else in the one that the client likes best.

    The thing's own address answers for the thing; ``Content-Location`` says which page about it was sent.
    """
    forms = forms_of(kind, identifier)
    if extension == "html":
        return page(links_to(uri, forms))
    if extension:
        renderer = next((each for each in forms if each.extension == extension), None)
        return stored(request, kind.identifier(identifier), renderer.format) if renderer else not_found(request)
    offers: dict[str, RendererOf[Any] | None] = {HTML: None, **{each.media_type: each for each in forms}}
    chosen = choose(request.headers.get("Accept", ""), list(offers))
    response: HttpResponseBase
    if chosen is None:
        response = not_acceptable(uri, forms)
    elif renderer := offers[chosen]:
        response = stored(request, kind.identifier(identifier), renderer.format)
        response["Content-Location"] = f"{uri}.{renderer.extension}"
    else:
        response = page(links_to(uri, forms))
        response["Content-Location"] = f"{uri}.html"
    patch_vary_headers(response, ["Accept"])
    return response


def not_acceptable(uri: str, forms: Sequence[RendererOf[Any]]) -> HttpResponse:
    """406 with what there is instead (RFC 9110, section 15.5.7)."""
    lines = [f"{uri}.html  {HTML}", *(f"{uri}.{each.extension}  {each.media_type}" for each in forms)]
    text = "Not in any form that was asked for. There are:\n" + "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=406)
