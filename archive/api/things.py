"""Things beside documents: agents, places, concepts, schemes and archival units, each as a list and one by one.

Only those are told of that public documents lead to; of all others nothing is said, not even that they are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from archive.api import sparse
from archive.api.access import PublicAPIView
from archive.api.authority_serializers import AgentSerializer, ConceptSerializer, PlaceSerializer, SchemeSerializer
from archive.api.examples import AGENT, CONCEPT, PLACE, SCHEME, UNIT, shown
from archive.api.filters import KnownParameters
from archive.api.paging import ByCursor, ByKey, BySlug
from archive.api.saying import BAD_PARAMETER, UNKNOWN
from archive.api.unit_serializers import UnitSerializer
from archive.description.authorities import describe_agents, describe_concepts, describe_places
from archive.description.units import describe_units
from archive.models import Agent, ArchivalUnit, Concept, ConceptScheme, Document, Place
from archive.naming import publicly_named, successor
from archive.units import leading_to


class NamedFilters(filters.FilterSet):
    """What a list of authorities can be narrowed by."""

    name = filters.CharFilter(method="named", help_text="Those whose name has these letters in it, capital or small.")

    def named(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By the preferred name. SQLite knows capitals of ASCII alone, so another word is asked for with one too."""
        forms = {value} if value.isascii() else {value, value.capitalize()}
        found = Q()
        for each in forms:
            found |= Q(name__icontains=each)
        return queryset.filter(found)


class ConceptFilters(NamedFilters):
    """The same, and by scheme."""

    scheme = filters.CharFilter(field_name="scheme__slug", help_text="Concepts of the scheme with this slug.")


class UnitFilters(filters.FilterSet):
    """How one goes down the tree."""

    parent = filters.CharFilter(
        field_name="parent__identifier", help_text="Units right below the one with this identifier."
    )
    level = filters.ChoiceFilter(choices=ArchivalUnit._meta.get_field("level").choices or ())


def public_schemes() -> QuerySet[ConceptScheme]:
    """Schemes with a concept that everybody may know of."""
    return ConceptScheme.objects.filter(pk__in=publicly_named(Concept.objects.current()).values("scheme"))


def scheme_rows(keys: Iterable[int]) -> list[ConceptScheme]:
    """Those of some schemes that everybody may know of, told as their rows stand."""
    return list(public_schemes().filter(pk__in=list(keys)).order_by("slug"))


class ThingList(PublicAPIView, ListAPIView[Any]):
    """A list; ``describe`` makes the records of the public ones among some keys, in their order."""

    filter_backends = (KnownParameters,)
    serializer_class: type[serializers.Serializer[Any]]
    pagination_class: type[ByCursor] = ByKey
    also_known = staticmethod(lambda: (sparse.FIELDS,))
    public: Callable[[], QuerySet[Any]]
    describe: Callable[[Iterable[int]], Sequence[Any]]

    def told(self, request: Request) -> Response:
        """One page of what the parameters find."""
        page = self.paginate_queryset(self.filter_queryset(type(self).public().only(*self._columns()))) or []
        records = list(type(self).describe([each.pk for each in page]))
        return self.get_paginated_response(sparse.told(request, self.serializer_class, records))

    def _columns(self) -> tuple[str, ...]:
        return ("pk", "slug") if self.pagination_class is BySlug else ("pk",)


class ThingDetail(PublicAPIView):
    """One of them, by its identifier; one that was merged is told as the one that took its place."""

    model: type[models.Model]
    key = "identifier"
    serializer_class: type[serializers.Serializer[Any]]
    describe: Callable[[Iterable[int]], Sequence[Any]]

    def told(self, request: Request, identifier: str) -> Response:
        """Everything that is said of it.

        :raises NotFound: there is no such thing, or it is not public.
        """
        found: Any = self.model._default_manager.filter(**{self.key: identifier}).first()
        if found is not None and hasattr(found, "merged_into"):
            found = successor(found)
        records = type(self).describe([found.pk]) if found is not None else []
        if not records:
            raise NotFound(f"There is no {self.model._meta.verbose_name} {identifier}.")
        return Response(sparse.told(request, self.serializer_class, records[0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """What the two views of one noun are made from."""

    name: str
    model: Any
    serializer: type[serializers.Serializer[Any]]
    describe: Callable[[Iterable[int]], Sequence[Any]]
    public: Callable[[], QuerySet[Any]]
    filtered_by: type[filters.FilterSet]
    example: dict[str, Any]
    paging: type[ByCursor] = ByKey


def views_of(noun: Noun) -> tuple[type[ThingList], type[ThingDetail]]:
    """The list and the single view of one noun."""
    return _list_of(noun), _detail_of(noun)


def _list_of(noun: Noun) -> type[ThingList]:
    many = f"{noun.name}s"

    class Many(ThingList):
        __doc__ = f"The public {many}."
        pagination_class = noun.paging
        queryset = noun.model._default_manager.none()
        serializer_class = noun.serializer
        filterset_class = noun.filtered_by
        public, describe = staticmethod(noun.public), staticmethod(noun.describe)

        @extend_schema(
            operation_id=many,
            description=f"The {many} that public documents lead to, a page at a time.",
            parameters=[sparse.PARAMETER],
            responses={200: noun.serializer(many=True), **BAD_PARAMETER},
            examples=shown(noun.example),
        )
        def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
            return self.told(request)

    return Many


def _detail_of(noun: Noun) -> type[ThingDetail]:
    class One(ThingDetail):
        __doc__ = f"One public {noun.name}."
        model = noun.model
        key = "slug" if noun.paging is BySlug else "identifier"
        serializer_class = noun.serializer
        describe = staticmethod(noun.describe)

        @extend_schema(
            operation_id=noun.name,
            description=f"Everything that is said of one of the {noun.name}s.",
            parameters=[sparse.PARAMETER],
            responses={200: noun.serializer, **BAD_PARAMETER, **UNKNOWN},
            examples=shown(noun.example),
        )
        def get(self, request: Request, identifier: str) -> Response:
            return self.told(request, identifier)

    return One


AgentList, AgentDetail = views_of(
    Noun(
        name="agent",
        model=Agent,
        serializer=AgentSerializer,
        describe=describe_agents,
        public=lambda: publicly_named(Agent.objects.current()),
        filtered_by=NamedFilters,
        example=AGENT,
    )
)
PlaceList, PlaceDetail = views_of(
    Noun(
        name="place",
        model=Place,
        serializer=PlaceSerializer,
        describe=describe_places,
        public=lambda: publicly_named(Place.objects.current()),
        filtered_by=NamedFilters,
        example=PLACE,
    )
)
ConceptList, ConceptDetail = views_of(
    Noun(
        name="concept",
        model=Concept,
        serializer=ConceptSerializer,
        describe=describe_concepts,
        public=lambda: publicly_named(Concept.objects.current()),
        filtered_by=ConceptFilters,
        example=CONCEPT,
    )
)
UnitList, UnitDetail = views_of(
    Noun(
        name="unit",
        model=ArchivalUnit,
        serializer=UnitSerializer,
        describe=describe_units,
        public=lambda: ArchivalUnit.objects.filter(leading_to(Document.objects.public())),
        filtered_by=UnitFilters,
        example=UNIT,
    )
)


class SchemeFilters(filters.FilterSet):
    """Schemes are few."""


SchemeList, SchemeDetail = views_of(
    Noun(
        name="scheme",
        model=ConceptScheme,
        serializer=SchemeSerializer,
        describe=scheme_rows,
        public=public_schemes,
        filtered_by=SchemeFilters,
        paging=BySlug,
        example=SCHEME,
    )
)
