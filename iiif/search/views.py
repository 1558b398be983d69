"""Answers of the Content Search API, in both of its versions."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase

from archive import uris
from archive.models import Collection, Document
from archive.serving import CACHING, TEXT, open_to_all
from iiif.search import scopes, terms, version1, version2
from iiif.search.matching import asked
from iiif.search.requests import AUTOCOMPLETE, SEARCH, Request
from iiif.search.scopes import Answer

VERSIONS: Final[dict[int, ModuleType]] = {1: version1, 2: version2}
#: Of the collection that holds all documents.
TOP: Final = "top"


@open_to_all
def search(request: HttpRequest, version: int, identifier: str) -> HttpResponseBase:
    """What a document has of what is asked for."""
    document = _public_document(identifier)
    if document is None:
        return _unknown(f"document {identifier}")
    wanted = Request.parse(uris.to("iiif:search", version, identifier), request.GET, heeded=SEARCH)
    found = scopes.in_document(document, asked(wanted.q if wanted.wants_lines else ""), wanted.page)
    return _answered(version, wanted, found, of_several=False)


@open_to_all
def search_collection(request: HttpRequest, version: int, slug: str) -> HttpResponseBase:
    """What the documents of a collection have."""
    collection = _public_collection(slug)
    if collection is None and slug != TOP:
        return _unknown(f"collection {slug}")
    wanted = Request.parse(uris.to("iiif:search-collection", version, slug), request.GET, heeded=SEARCH)
    found = scopes.in_collection(collection, asked(wanted.q if wanted.wants_lines else ""), wanted.page)
    return _answered(version, wanted, found, of_several=True)


@open_to_all
def autocomplete(request: HttpRequest, version: int, identifier: str) -> HttpResponseBase:
    """How the words of a document go on that begin as was typed."""
    document = _public_document(identifier)
    if document is None:
        return _unknown(f"document {identifier}")
    wanted = Request.parse(uris.to("iiif:autocomplete", version, identifier), request.GET, heeded=AUTOCOMPLETE)
    found = terms.of_document(document, wanted.q, least=wanted.min) if wanted.wants_lines else []
    return _json(VERSIONS[version].terms(wanted, found))


@open_to_all
def autocomplete_collection(request: HttpRequest, version: int, slug: str) -> HttpResponseBase:
    """How words in the documents of a collection go on."""
    collection = _public_collection(slug)
    if collection is None and slug != TOP:
        return _unknown(f"collection {slug}")
    wanted = Request.parse(uris.to("iiif:autocomplete-collection", version, slug), request.GET, heeded=AUTOCOMPLETE)
    documents = scopes.documents_of(collection)
    found = terms.of_documents(documents, wanted.q, least=wanted.min) if wanted.wants_lines else []
    return _json(VERSIONS[version].terms(wanted, found))


def _answered(version: int, wanted: Request, found: Answer, *, of_several: bool) -> HttpResponseBase:
    if wanted.page > found.pages:
        return HttpResponseNotFound(
            f"There is no page {wanted.page} of this answer; it has {found.pages}.\n", content_type=TEXT
        )
    return _json(VERSIONS[version].answer(wanted, found, of_several=of_several))


def _public_document(identifier: str) -> Document | None:
    return Document.objects.public().filter(identifier=identifier).only("pk").first()


def _public_collection(slug: str) -> Collection | None:
    return Collection.objects.public().filter(slug=slug).first() if slug != TOP else None


def _json(data: dict[str, Any]) -> HttpResponseBase:
    """Without an ETag: an answer repeats what was asked, so that no two requests share one."""
    response = HttpResponse(json.dumps(data, ensure_ascii=False), content_type=_media_type(data["@context"]))
    response["Cache-Control"] = CACHING
    return response


def _media_type(context: str | list[str]) -> str:
    """JSON-LD in the words of the last of its contexts."""
    return f'application/ld+json;profile="{context if isinstance(context, str) else context[-1]}"'


def _unknown(what: str) -> HttpResponse:
    return HttpResponseNotFound(f"There is no {what}.\n", content_type=TEXT)
