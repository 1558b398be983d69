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
        self.base_url = public_address(request)
        return page

    def get_page_size(self, request: Request) -> int:
        """The size that was asked for; one that cannot be had is an error, not another size."""
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        if not re.fullmatch(r"[1-9]\d{0,3}", asked) or int(asked) > self.max_page_size:
            raise ValidationError({"page_size": [f"A page holds 1 to {self.max_page_size} results."]})
        return int(asked)

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """The parameters of paging, with the bounds of a page."""
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            if parameter["name"] == self.page_size_query_param:
                parameter["schema"] = {"type": "integer", "minimum": 1, "maximum": self.max_page_size}
        return parameters

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
        further = {**link, "example": "http://127.0.0.1:8000/api/documents/?cursor=cD0yMA%3D%3D"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": further, "previous": {**link, "example": None}, "results": schema},
        }


class ByKey(ByCursor):
    """In the order in which things came into the archive."""

    ordering = "id"
    position = re.compile(r"\d{1,18}")


class DocumentPages(ByKey):
    """Documents; those that a search finds come in the order that was asked for, see archive.api.searching."""

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The shape of a page, with what a search tells besides."""
        page = super().get_paginated_response_schema(schema)
        value = {
            "type": "object",
            "required": ["value", "label", "count"],
            "properties": {
                "value": {"type": "string"},
                "label": {"type": "string"},
                "count": {"type": "integer"},
            },
        }
        facet = {
            "type": "object",
            "required": ["name", "values"],
            "properties": {"name": {"type": "string"}, "values": {"type": "array", "items": value}},
        }
        page["properties"] |= {
            "total": {"type": "integer", "example": 1, "description": "How many documents a search finds."},
            "suggestion": {
                "type": "string",
                "example": "",
                "description": "What may have been meant, where a search finds nothing.",
            },
            "facets": {
                "type": "array",
                "items": facet,
                "example": [{"name": "date", "values": [{"value": "1950", "label": "1950", "count": 1}]}],
                "description": "Those that were asked for.",
            },
        }
        return page


class NewestFirst(ByCursor):
    """The last that came is the first."""

    ordering = "-id"
    position = re.compile(r"\d{1,18}")


class BySlug(ByCursor):
    """In alphabetical order of slugs."""

    ordering = "slug"
    position = re.compile(r"[-\w]+")


def public_address(request: Request) -> str:
    """The public address of what was asked for."""
    query = request.META.get("QUERY_STRING", "")
    return uris.absolute(escape_uri_path(request.path_info)) + (f"?{iri_to_uri(query)}" if query else "")
