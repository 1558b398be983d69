"""Where everything is, the schema, and what is said where there is nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from archive import uris
from archive.api import problems
from archive.api.access import PublicAPIView
from archive.api.curation.nouns import NOUNS
from archive.api.saying import TOO_MANY, Example
from archive.api.schema import written
from archive.api.serializers import RootSerializer
from archive.api.throttling import Reading

#: What the curators' part has at addresses of its own.
CURATION = (*NOUNS, "batches", "publications", "withdrawals")


class Root(PublicAPIView):
    """Where everything is."""

    @extend_schema(
        operation_id="root",
        responses={200: RootSerializer, **TOO_MANY},
        examples=[
            Example(
                "The demo",
                value={
                    **{
                        name: f"http://127.0.0.1:8000/api/{name}/"
                        for name in RootSerializer._declared_fields
                        if name != "curation"
                    },
                    "curation": {name: f"http://127.0.0.1:8000/api/curation/{name}/" for name in CURATION},
                },
                response_only=True,
                status_codes=["200"],
            )
        ],
    )
    def get(self, request: Request) -> Response:
        """The addresses of the API."""
        named = [name for name in RootSerializer._declared_fields if name != "curation"]
        return Response(
            {
                **{name: uris.to(f"archive_api:{name}") for name in named},
                "curation": {name: uris.to(f"archive_api:curation-{name}") for name in CURATION},
            }
        )


class Schema(SpectacularAPIView):
    """The description of the API in OpenAPI, for everybody, and the same whatever else a request says.

    Left to the site's settings it would check passwords, as often as one likes, for whoever sends some.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (Reading,)
    versioning_class = None

    def get_exception_handler(self) -> Any:
        """Errors are problem details."""
        return problems.answer

    def _get_schema_response(self, request: Request) -> HttpResponse:
        """The stored schema, in the notation that was asked for."""
        asked = request.accepted_renderer
        disposition = f'inline; filename="schema.{asked.format}"'
        return HttpResponse(
            written(asked.format), content_type=asked.media_type, headers={"Content-Disposition": disposition}
        )


class Nowhere(PublicAPIView):
    """Every other address under the API: its errors too are problem details."""

    http_method_names = ["get", "head", "options", "post", "put", "patch", "delete"]

    @extend_schema(exclude=True)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """Say where to begin, whatever is asked."""
        raise NotFound(f"There is nothing at this address. Begin at {uris.to('archive_api:root')}.")

    post = put = patch = delete = get
