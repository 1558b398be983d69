"""Paging by cursor: a page costs the same at any depth, and nothing moves while a client reads on."""

from __future__ import annotations

import re
from typing import Any

from django.utils.encoding import escape_uri_path, iri_to_uri
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.views import APIView

from archive import uris


class ByCursor(CursorPagination):
    """Cursor paging that takes its links from ``PUBLIC_BASE_URL`` and refuses what it did not make."""

    page_size = 20
    max_page_size = 100
    page_size_query_param = "page_size"
    page_size_query_description = "How many results a page holds: 1 to 100."
    cursor_query_description = "Where a page begins: taken from the links `next` and `previous`, never made up."
    #: What a position in the order may look like. Django raises ValueError where it cannot be compared.
    position: re.Pattern[str]

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> Any:
        """One page of the queryset."""
        page: list[Any] | None = super().paginate_queryset(queryset, request, view)
        # DRF takes the links from the Host header.
        self.base_url = _public(request)
        return page

    def get_page_size(self, request: Request) -> int:
        """The size that was asked for; one that cannot be had is an error, not another size."""
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        if not re.fullmatch(r"[1-9]\d{0,3}", asked) or int(asked) > self.max_page_size:
            raise ValidationError({"page_size": [f"A page holds 1 to {self.max_page_size} results."]})
        return int(asked)

    def decode_cursor(self, request: Request) -> Cursor | None:
        """The cursor of the request, if there is one."""
        try:
            cursor = super().decode_cursor(request)
        except NotFound:
            raise self._refused() from None
        if cursor is not None and cursor.position is not None and not self.position.fullmatch(str(cursor.position)):
            raise self._refused()
        return cursor

    def _refused(self) -> ValidationError:
        return ValidationError({"cursor": ["This cursor was not made here. Begin again without one."]})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The shape of a page."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }


class DocumentPages(ByCursor):
    """Documents in the order in which they came into the archive."""

    ordering = "id"
    position = re.compile(r"\d{1,18}")


class AccessionPages(ByCursor):
    """Accessions, the newest first."""

    ordering = "-id"
    position = re.compile(r"\d{1,18}")


class RowPages(ByCursor):
    """Files and documents of an accession, in the order in which they were found."""

    ordering = "id"
    position = re.compile(r"\d{1,18}")


class CollectionPages(ByCursor):
    """Collections in alphabetical order of their slugs."""

    ordering = "slug"
    position = re.compile(r"[-\w]+")


def _public(request: Request) -> str:
    """The public address of what was asked for."""
    query = request.META.get("QUERY_STRING", "")
    return uris.absolute(escape_uri_path(request.path_info)) + (f"?{iri_to_uri(query)}" if query else "")
