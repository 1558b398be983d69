"""Answers of the Change Discovery API."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpRequest, HttpResponseNotFound
from django.http.response import HttpResponseBase

from archive.serving import TEXT, made, open_to_all
from iiif.discovery import pages
from iiif.discovery.changes import Place, stretch

#: Section 4 asks for it.
MEDIA_TYPE: Final = f'application/ld+json;profile="{pages.CONTEXT}"'


@open_to_all
def all_changes(request: HttpRequest) -> HttpResponseBase:
    """The collection of all changes; consumers begin at its last page and read backwards."""
    return _answer(request, pages.collection())


@open_to_all
def page(request: HttpRequest, place: str) -> HttpResponseBase:
    """One page of changes."""
    where = Place.parse(place)
    if where is None:
        return HttpResponseNotFound(
            f"There is no page {place!r} of changes: begin at the last page that all-changes names, and follow prev.\n",
            content_type=TEXT,
        )
    return _answer(request, pages.page(where, stretch(where)))


def _answer(request: HttpRequest, data: dict[str, Any]) -> HttpResponseBase:
    return made(request, json.dumps(data, ensure_ascii=False).encode(), MEDIA_TYPE)
