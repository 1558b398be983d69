"""Collections that hold something public: the tree as a list, and each by its slug."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from archive.api import collections, sparse
from archive.api.access import PublicAPIView
from archive.api.examples import COLLECTION, shown
from archive.api.filters import KnownParameters
from archive.api.paging import BySlug
from archive.api.saying import BAD_PARAMETER, UNKNOWN
from archive.api.serializers import CollectionSerializer
from archive.models import Collection


class CollectionList(PublicAPIView, ListAPIView[Collection]):
    """The collections that hold something public."""

    queryset = Collection.objects.none()
    serializer_class = CollectionSerializer
    pagination_class = BySlug
    filter_backends = (KnownParameters,)

    def also_known(self) -> tuple[str, ...]:
        """Parameters that are no filters."""
        return (sparse.FIELDS,)

    @extend_schema(
        operation_id="collections",
        parameters=[sparse.PARAMETER],
        responses={200: CollectionSerializer(many=True), **BAD_PARAMETER},
        examples=shown(COLLECTION),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Collections in alphabetical order of their slugs, a page at a time."""
        tree = collections.visible()
        page = self.paginate_queryset(self.filter_queryset(Collection.objects.filter(pk__in=tree.slugs))) or []
        return self.get_paginated_response(sparse.told(request, CollectionSerializer, page, tree=tree))


class CollectionDetail(PublicAPIView):
    """One collection."""

    @extend_schema(
        operation_id="collection",
        parameters=[sparse.PARAMETER],
        responses={200: CollectionSerializer, **BAD_PARAMETER, **UNKNOWN},
        examples=shown(COLLECTION),
    )
    def get(self, request: Request, slug: str) -> Response:
        """One collection, by its slug."""
        tree = collections.visible()
        found = Collection.objects.filter(pk__in=tree.slugs, slug=slug).first()
        if found is None:
            raise NotFound(f"There is no collection {slug}.")
        return Response(sparse.told(request, CollectionSerializer, found, tree=tree))
