"""Public documents: the list, which is a search too, each one whole, and its texts and pages by themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from archive.api import searching, sparse
from archive.api.access import PublicAPIView
from archive.api.documents import public_document, public_documents
from archive.api.examples import DOCUMENT, FOUND, PAGE, TEXT, shown
from archive.api.filters import DocumentFilters, KnownParameters
from archive.api.paging import DocumentPages
from archive.api.saying import BAD_PARAMETER, UNKNOWN, WITHDRAWN, problem
from archive.api.serializers import (
    DocumentSerializer,
    FoundDocumentSerializer,
    NumberedTextSerializer,
    PageWithLinesSerializer,
)
from archive.models import Document


class DocumentList(PublicAPIView, ListAPIView[Document]):
    """The public documents."""

    queryset = Document.objects.none()
    serializer_class = FoundDocumentSerializer
    pagination_class = DocumentPages
    filter_backends = (KnownParameters,)
    filterset_class = DocumentFilters

    def also_known(self) -> tuple[str, ...]:
        """Parameters that are no filters."""
        return (sparse.FIELDS, *searching.parameters())

    @extend_schema(
        operation_id="documents",
        parameters=[*searching.SAID, sparse.PARAMETER],
        responses={
            200: FoundDocumentSerializer(many=True),
            **BAD_PARAMETER,
            **problem(503, "There is no index yet that could be searched."),
        },
        examples=shown(FOUND),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Documents in the order in which they came in, or those that a search finds, a page at a time."""
        if searching.asked_for(request):
            return self._searched(request)
        public = self.filter_queryset(Document.objects.public().only("pk"))
        page = self.paginate_queryset(public) or []
        found = public_documents(document.pk for document in page)
        return self.get_paginated_response(sparse.told(request, FoundDocumentSerializer, found))

    def _searched(self, request: Request) -> Response:
        filters = KnownParameters().cleaned(request, Document.objects.public(), self)
        found = searching.searched(request, filters, DocumentPages().get_page_size(request))
        documents = {document.description.key: document for document in public_documents(found.keys)}
        shown = [
            replace(documents[key], excerpts=found.excerpts.get(key, ())) for key in found.keys if key in documents
        ]
        return Response({**found.beside, "results": sparse.told(request, FoundDocumentSerializer, shown)})


class DocumentDetail(PublicAPIView):
    """One public document."""

    @extend_schema(
        operation_id="document",
        parameters=[sparse.PARAMETER],
        responses={200: DocumentSerializer, **BAD_PARAMETER, **UNKNOWN, **WITHDRAWN},
        examples=shown(DOCUMENT),
    )
    def get(self, request: Request, identifier: str) -> Response:
        """Everything that is said of a document."""
        return Response(sparse.told(request, DocumentSerializer, public_document(identifier)))


class TextDetail(PublicAPIView):
    """One text of a public document."""

    @extend_schema(
        operation_id="document_text",
        parameters=[sparse.PARAMETER],
        responses={200: NumberedTextSerializer, **BAD_PARAMETER, **UNKNOWN, **WITHDRAWN},
        examples=shown(TEXT),
    )
    def get(self, request: Request, identifier: str, number: int) -> Response:
        """One text of a document, whole, by its place among them from 1."""
        texts = public_document(identifier).description.texts
        if not 1 <= number <= len(texts):
            raise NotFound(f"Document {identifier} has no text {number}. It has {len(texts)}.")
        text = texts[number - 1]
        told = {name: getattr(text, name) for name in ("kind", "language", "body", "method", "made_by", "licence_uri")}
        return Response(
            sparse.told(request, NumberedTextSerializer, {**told, "number": number, "document": identifier})
        )


class PageList(PublicAPIView):
    """The page images of a public document."""

    @extend_schema(
        operation_id="document_pages",
        parameters=[sparse.PARAMETER],
        responses={200: PageWithLinesSerializer(many=True), **BAD_PARAMETER, **UNKNOWN, **WITHDRAWN},
        examples=shown(PAGE),
    )
    def get(self, request: Request, identifier: str) -> Response:
        """The page images of a document in their order, with the lines on each where they are known."""
        pages = public_document(identifier).description.pages
        return Response(sparse.told(request, PageWithLinesSerializer, pages))
