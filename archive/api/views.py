"""Views of the API: read-only, for everybody, and only what is public."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse, extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from archive import uris
from archive.api import collections, problems
from archive.api.documents import public_documents
from archive.api.filters import DocumentFilters, KnownParameters
from archive.api.paging import CollectionPages, DocumentPages
from archive.api.serializers import (
    CollectionSerializer,
    DocumentSerializer,
    DocumentSummarySerializer,
    ProblemSerializer,
    RootSerializer,
)
from archive.models import Collection, Document


def problem(description: str) -> OpenApiResponse:
    """An error, for the schema."""
    return OpenApiResponse(ProblemSerializer, description=description)


BAD_PARAMETER = {(400, problems.MEDIA_TYPE): problem("A parameter is wrong; `errors` names it.")}
UNKNOWN = {(404, problems.MEDIA_TYPE): problem("There is no such thing, or it is not public.")}
WITHDRAWN = {(410, problems.MEDIA_TYPE): problem("The document was public once, and was withdrawn.")}


class PublicAPIView(APIView):
    """What all views have in common. Each setting is made here, so that a site's REST_FRAMEWORK does not change it.

    No authentication: an answer is the same for everybody, so any cache and any other site may keep it.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    renderer_classes = (JSONRenderer,)
    parser_classes = ()
    throttle_classes = ()
    versioning_class = None
    http_method_names = ["get", "head", "options"]
    schema = AutoSchema()

    def get_exception_handler(self) -> Any:
        """Errors are problem details."""
        return problems.answer

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Let pages of other sites read the answer."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response


class Root(PublicAPIView):
    """Where everything is."""

    @extend_schema(operation_id="root", responses=RootSerializer)
    def get(self, request: Request) -> Response:
        """The addresses of the API."""
        return Response(
            {name: uris.to(f"archive_api:{name}") for name in ("documents", "collections", "accessions", "schema")}
        )


class DocumentList(PublicAPIView, ListAPIView[Document]):
    """The public documents."""

    queryset = Document.objects.none()
    serializer_class = DocumentSummarySerializer
    pagination_class = DocumentPages
    filter_backends = (KnownParameters,)
    filterset_class = DocumentFilters

    @extend_schema(operation_id="documents", responses={200: DocumentSummarySerializer(many=True), **BAD_PARAMETER})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Documents in the order in which they came into the archive, a page at a time."""
        public = self.filter_queryset(Document.objects.public().only("pk"))
        page = self.paginate_queryset(public) or []
        found = public_documents(document.pk for document in page)
        return self.get_paginated_response(DocumentSummarySerializer(found, many=True).data)


class DocumentDetail(PublicAPIView):
    """One public document."""

    @extend_schema(operation_id="document", responses={200: DocumentSerializer, **UNKNOWN, **WITHDRAWN})
    def get(self, request: Request, identifier: str) -> Response:
        """Everything that is said of a document."""
        document = Document.objects.filter(identifier=identifier).only("pk", "state").first()
        if document is None or document.state not in {Document.State.PUBLISHED, Document.State.WITHDRAWN}:
            raise NotFound(f"There is no document {identifier}.")
        found = public_documents([document.pk])
        if not found:
            raise problems.Gone(f"Document {identifier} was withdrawn.")
        return Response(DocumentSerializer(found[0]).data)


class CollectionList(PublicAPIView, ListAPIView[Collection]):
    """The collections that hold something public."""

    queryset = Collection.objects.none()
    serializer_class = CollectionSerializer
    pagination_class = CollectionPages
    filter_backends = (KnownParameters,)

    @extend_schema(operation_id="collections", responses={200: CollectionSerializer(many=True), **BAD_PARAMETER})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Collections in alphabetical order of their slugs, a page at a time."""
        tree = collections.visible()
        found = self.filter_queryset(Collection.objects.filter(pk__in=tree.slugs))
        page = self.paginate_queryset(found)
        return self.get_paginated_response(CollectionSerializer(page, many=True, context={"tree": tree}).data)


class Schema(SpectacularAPIView):
    """The description of the API in OpenAPI, for everybody, and the same whatever else a request says.

    Left to the site's settings it would check passwords, as often as one likes, for whoever sends some.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()
    versioning_class = None

    def get_exception_handler(self) -> Any:
        """Errors are problem details."""
        return problems.answer

    def _get_version_parameter(self, request: Request) -> None:
        """No version. The parameter would go into a header as it came, and one with a line break fails there."""


class Nowhere(PublicAPIView):
    """Every other address under the API: its errors too are problem details."""

    @extend_schema(exclude=True)
    def get(self, request: Request, **kwargs: Any) -> Response:
        """Say where to begin."""
        raise NotFound(f"There is nothing at this address. Begin at {uris.to('archive_api:root')}.")
