"""The way in for machines that read linked data: what is stored of documents and other things in RDF."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, re_path, reverse
from django.utils.cache import patch_vary_headers

from archive import uris
from archive.citations import STYLES
from archive.models import Kind
from archive.negotiation import choose
from archive.representations import Registry, RendererOf, registries, registry
from archive.serving import open_to_all, stored
from archive.shortcut import LongWay, shortcut

#: What others offer at the same addresses. A client that likes these better goes the long way, where that is known.
_OTHERS = ("text/html", *(style.media_type for style in STYLES))
_SENT = frozenset({200, 304})
_FOLDERS = {kind.identifier("").removesuffix("/") or "documents": kind for kind in Kind}
_THING = rf"^(?P<folder>{'|'.join(_FOLDERS)})/(?P<identifier>[-A-Za-z0-9_]+)(?:\.(?P<extension>[a-z]+))?\Z"


@open_to_all
def _form(request: HttpRequest, folder: str, identifier: str, extension: str = "") -> HttpResponseBase:
    """A thing in the form that its address names, or else in the one that the client likes best.

    Whatever is not simply there goes the long way: pages, what was withdrawn, merged, or is about to be told anew.
    """
    kind = _FOLDERS[folder]
    if request.META.get("QUERY_STRING"):
        raise LongWay
    renderer = _named(kind, extension) if extension else _liked(kind, request.META.get("HTTP_ACCEPT", ""))
    served = kind.identifier(identifier)
    response = stored(request, served, renderer.format, unmarked=kind is not Kind.DOCUMENT)
    if response.status_code not in _SENT:
        raise LongWay
    if not extension:
        response["Content-Location"] = f"{uris.served(served)}.{renderer.extension}"
        patch_vary_headers(response, ["Accept"])
    return response


def _named(kind: Kind, extension: str) -> RendererOf[Any]:
    for each in _renderers(kind):
        if each.extension == extension:
            return each
    raise LongWay


def _liked(kind: Kind, accept: str) -> RendererOf[Any]:
    """The form that a client likes better than every other that there could be."""
    offers = {each.media_type: each for each in _renderers(kind).negotiable()}
    if not any(each in accept.lower() for each in offers):  # as with all browsers
        raise LongWay
    chosen = choose(accept, [*_OTHERS, *offers])
    if chosen not in offers:
        raise LongWay
    return offers[chosen]


def _renderers(kind: Kind) -> Registry[Any]:
    return registry if kind is Kind.DOCUMENT else registries[kind]


def _root() -> str:
    """Where the site has documents and other things, with pages or without."""
    try:
        return reverse("archive_web:documents").removesuffix("documents/")
    except NoReverseMatch:
        return reverse("archive_lod_documents:document", args=["-"]).removesuffix("documents/-")


#: A middleware, see ``archive.shortcut``: answers for things in RDF. A site that has views of its own at these
#: addresses leaves it out.
machines_first = shortcut([re_path(_THING, _form)], root=_root)
