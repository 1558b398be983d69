"""Accessions in the API: files handed in, what became of them, and what is to be done with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from django.db import IntegrityError
from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from archive import accession as verbs
from archive import uris
from archive.accession import permissions
from archive.accession.report import reports_of
from archive.accession.vanished import vanished_reports
from archive.api import idempotency
from archive.api.access import ProtectedAPIView, demand
from archive.api.accession_serializers import (
    AccessionSerializer,
    FileSerializer,
    HandingInSerializer,
    ItemSerializer,
    ReportSerializer,
)
from archive.api.examples import ACCESSION, FILE, ITEM, REPORT, shown
from archive.api.filters import KnownParameters
from archive.api.handing_in import HandingIn, UploadLimit, handing_in
from archive.api.idempotency import OtherRequest
from archive.api.paging import ByKey, NewestFirst
from archive.api.problems import TooLarge
from archive.api.saying import BAD_PARAMETER, REFUSED, Example, problem
from archive.models import Accession, AccessionItem, AccessionSource
from archive.serving import downloaded

if TYPE_CHECKING:
    from django.contrib.auth.models import User


UNKNOWN = {**REFUSED, **problem(404, "There is no such accession.")}
CONFLICT = {**UNKNOWN, **problem(409, "The accession stands otherwise; the detail says how.")}


class NdjsonRenderer(JSONRenderer):
    """JSON, one object on a line; what streams it is the view."""

    media_type = "application/x-ndjson"
    format = "ndjson"


class AccessionFilters(filters.FilterSet):
    """What a list of accessions can be narrowed by."""

    state = filters.ChoiceFilter(choices=Accession.State.choices)

    class Meta:
        model = Accession
        fields: list[str] = []


class FileFilters(filters.FilterSet):
    """What the files of an accession can be narrowed by."""

    state = filters.ChoiceFilter(choices=AccessionSource.State.choices)

    class Meta:
        model = AccessionSource
        fields: list[str] = []


class ItemFilters(filters.FilterSet):
    """What the documents of an accession can be narrowed by."""

    state = filters.ChoiceFilter(choices=AccessionItem.State.choices)

    class Meta:
        model = AccessionItem
        fields: list[str] = []


def seen(request: Request, pk: int) -> Accession:
    """The accession, for who may see it.

    :raises PermissionDenied: the user may not.
    :raises Http404: there is none.
    """
    demand(permissions.may_see(request.user), "see accessions")
    found = Accession.objects.select_related("collection", "created_by").filter(pk=pk).first()
    if found is None:
        raise Http404(f"There is no accession {pk}.")
    return found


def told(accession: Accession) -> dict[str, Any]:
    """The accession as it stands in the database now."""
    fresh = Accession.objects.select_related("collection", "created_by").get(pk=accession.pk)
    return dict(AccessionSerializer(fresh).data)


class AccessionList(ProtectedAPIView, ListAPIView[Accession]):
    """Accessions, the newest first; and where files are handed in."""

    queryset = Accession.objects.select_related("collection", "created_by")
    serializer_class = AccessionSerializer
    pagination_class = NewestFirst
    filter_backends = (KnownParameters,)
    filterset_class = AccessionFilters
    parser_classes = (MultiPartParser,)

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        """Watch over what is sent, from its first byte."""
        if request.method == "POST":
            request.upload_handlers.insert(0, UploadLimit(request))
        return super().initialize_request(request, *args, **kwargs)

    @extend_schema(
        operation_id="accessions",
        responses={200: AccessionSerializer(many=True), **BAD_PARAMETER, **REFUSED},
        examples=shown(ACCESSION),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Accessions, the newest first, a page at a time."""
        demand(permissions.may_see(request.user), "see accessions")
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="hand_in",
        request={"multipart/form-data": HandingInSerializer},
        parameters=[idempotency.PARAMETER],
        responses={
            202: OpenApiResponse(AccessionSerializer, description="Handed in; a worker takes it from here."),
            200: OpenApiResponse(AccessionSerializer, description="This request was made before; nothing was begun."),
            **REFUSED,
            **problem(400, "A field is wrong; `errors` names it."),
            **problem(413, "A file is larger than the site takes. Nothing was taken in."),
            **problem(415, "Files are sent as multipart/form-data."),
            **problem(422, "The key came with another request before."),
        },
        examples=[
            OpenApiExample(
                "A dry run",
                value={"file": ["telegram.txt"], "dry_run": True, "collection": "korea"},
                request_only=True,
                media_type="multipart/form-data",
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Hand in one file or many. What becomes of each tells the accession."""
        demand(permissions.may_hand_in(request.user), "hand files in")
        handed = handing_in(request)
        demand(not handed.publish or permissions.may_publish(request.user), "publish what comes in")
        again = _before(handed)
        if again is None:
            try:
                begun = self._begun(request, handed)
            except IntegrityError:  # the same request came twice at the same time
                again = _before(handed)
                if again is None:
                    raise
        accession = again or begun
        code = status.HTTP_200_OK if again else status.HTTP_202_ACCEPTED
        address = uris.to("archive_api:accession", accession.pk)
        return Response(told(accession), status=code, headers={"Location": address})

    def _begun(self, request: Request, handed: HandingIn) -> Accession:
        try:
            return verbs.submit(
                handed.sources,
                publish=handed.publish,
                collection=handed.collection,
                created_by=cast("User", request.user),
                look_first=handed.look_first,
                dry_run=handed.dry_run,
                delivery=handed.delivery,
            )
        except verbs.TooLarge as refusal:
            raise TooLarge(f"{refusal} Nothing was taken in.") from refusal


def _before(handed: HandingIn) -> Accession | None:
    """The accession that the same request began before.

    :raises OtherRequest: another request had the same key.
    """
    found = Accession.objects.filter(delivery=handed.delivery).first() if handed.delivery else None
    if found and not handed.same_as(found):
        raise OtherRequest(f"This Idempotency-Key came with another request, which began accession {found.pk}.")
    return found


class AccessionDetail(ProtectedAPIView):
    """One accession."""

    @extend_schema(operation_id="accession", responses={200: AccessionSerializer, **UNKNOWN}, examples=shown(ACCESSION))
    def get(self, request: Request, pk: int) -> Response:
        """How an accession stands: ask again until `finished_at` is there."""
        return Response(AccessionSerializer(seen(request, pk)).data)


class FileList(ProtectedAPIView, ListAPIView[AccessionSource]):
    """The files of an accession."""

    queryset = AccessionSource.objects.none()
    serializer_class = FileSerializer
    pagination_class = ByKey
    filter_backends = (KnownParameters,)
    filterset_class = FileFilters

    def get_queryset(self) -> Any:
        """Those of this accession."""
        return seen(self.request, self.kwargs["pk"]).sources.select_related("original")

    @extend_schema(
        operation_id="accession_files",
        responses={200: FileSerializer(many=True), **BAD_PARAMETER, **UNKNOWN},
        examples=shown(FILE),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The files of an accession with those in containers, a page at a time."""
        return super().get(request, *args, **kwargs)


class ItemList(ProtectedAPIView, ListAPIView[AccessionItem]):
    """The documents of an accession."""

    queryset = AccessionItem.objects.none()
    serializer_class = ItemSerializer
    pagination_class = ByKey
    filter_backends = (KnownParameters,)
    filterset_class = ItemFilters

    def get_queryset(self) -> Any:
        """Those of this accession."""
        items = seen(self.request, self.kwargs["pk"]).items
        return items.select_related("source", "document").defer("understood")

    @extend_schema(
        operation_id="accession_items",
        responses={200: ItemSerializer(many=True), **BAD_PARAMETER, **UNKNOWN},
        examples=shown(ITEM),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The documents of an accession, a page at a time."""
        return super().get(request, *args, **kwargs)


class Report(ProtectedAPIView):
    """The report of an accession."""

    renderer_classes = (NdjsonRenderer, JSONRenderer)

    @extend_schema(
        operation_id="accession_report",
        responses={(200, NdjsonRenderer.media_type): ReportSerializer, **UNKNOWN},
        examples=[Example("A line", value=REPORT, response_only=True, media_type=NdjsonRenderer.media_type)],
    )
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """One JSON object a line for each document, as `manage.py accession --json` writes it."""
        found = seen(request, pk)
        return StreamingHttpResponse(_lines(found), content_type=f"{NdjsonRenderer.media_type}; charset=utf-8")


def _lines(accession: Accession) -> Iterator[str]:
    for report in chain(reports_of(accession), vanished_reports(accession)):
        yield json.dumps(report.as_data(), ensure_ascii=False) + "\n"


class Refused(ProtectedAPIView):
    """What an accession did not take in."""

    @extend_schema(
        operation_id="accession_refused",
        responses={(200, "text/csv"): OpenApiTypes.BINARY, (200, "application/zip"): OpenApiTypes.BINARY, **UNKNOWN},
    )
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """What did not come in, to mend and to hand in again: a table's rows, or a ZIP file. 404 if all came in."""
        accession = seen(request, pk)
        demand(request.user.has_perm("archive.view_original"), "see originals")
        found = verbs.refusals(accession)
        if found is None:
            raise Http404(f"Everything of accession {pk} came in.")
        return downloaded(found.file, found.name.rpartition("/")[2], found.media_type)
