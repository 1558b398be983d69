"""Views of records as they are edited: a list, where new ones are made, and each by its identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.db.models import Q, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from archive import finding, uris
from archive.api import conditions, idempotency
from archive.api.access import ProtectedAPIView, demand
from archive.api.curation import bodies, verbs
from archive.api.curation.examples import created, listed, patched, whole
from archive.api.curation.nouns import NOUNS, Noun
from archive.api.curation.shapes import body_of, patch_of
from archive.api.examples import shown
from archive.api.filters import KnownParameters
from archive.api.paging import NewestFirst
from archive.api.parsing import JSON, MergePatch
from archive.api.saying import BAD_PARAMETER, REFUSED, UNKNOWN, problem
from archive.models import Document

if TYPE_CHECKING:
    from django.contrib.auth.models import User

IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The ETag of the record that you have seen; `*` for whatever it is.",
)
WRONG = problem(400, "A member is wrong; `errors` names it by JSON pointer.")
WRITING = {
    **WRONG,
    **REFUSED,
    **problem(409, "It would break a rule of the archive; the detail says which."),
    **problem(413, "The body is larger than the site takes."),
    **problem(415, "Send JSON."),
}
CONDITIONAL = {
    **problem(404, "There is no such record."),
    **problem(412, "Somebody changed it since; read it again."),
    **problem(428, "Send If-Match."),
}


def answer(noun: Noun, thing: Any, **kwargs: Any) -> Response:
    """A record with its ETag."""
    body = bodies.body_of(noun, thing)
    response = Response(body, **kwargs)
    response["ETag"] = etag_of(body)
    return response


def etag_of(body: dict[str, Any]) -> str:
    """The strong validator of a record: of the bytes that are answered."""
    return conditions.etag_of(JSONRenderer().render(body))


class RecordFilters(filters.FilterSet):
    """What a list of records can be narrowed by."""

    words = filters.CharFilter(method="with_words", help_text="Records that have these words in their names.")

    def with_words(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """As the lists of the admin are searched."""
        if queryset.model is Document:
            return finding.answering(queryset, value)  # type: ignore[arg-type]
        named = Q()
        for column in {"name", "title", "code"} & {field.name for field in queryset.model._meta.concrete_fields}:
            named |= Q(**{f"{column}__icontains": value})
        return queryset.filter(named)


class DocumentRecordFilters(RecordFilters):
    """And for documents."""

    state = filters.ChoiceFilter(choices=Document.State.choices)
    collection = filters.CharFilter(field_name="collections__slug", help_text="In the collection with this slug.")


class Records(ProtectedAPIView, ListAPIView[Any]):
    """The records of one noun, the newest first, and where new ones are made."""

    noun: Noun
    parser_classes = (JSON,)
    pagination_class = NewestFirst
    filter_backends = (KnownParameters,)

    def listed(self, request: Request) -> Response:
        """A page of records, each with what tells it apart."""
        noun = self.noun
        demand(request.user.has_perm(noun.permission("view")), f"see {noun.name}")
        found = self.filter_queryset(noun.model._default_manager.order_by("-pk"))
        page = self.paginate_queryset(found.only("pk", noun.key, *noun.told)) or []
        return self.get_paginated_response(
            [
                {
                    noun.key: getattr(thing, noun.key),
                    **{name: getattr(thing, name) for name in noun.told},
                    "url": uris.to(f"archive_api:curation-{noun.singular}", getattr(thing, noun.key)),
                }
                for thing in page
            ]
        )

    def made(self, request: Request) -> Response:
        """Make a new one, once."""

        def act() -> Response:
            thing = verbs.create(self.noun, request.data, by=cast("User", request.user))
            response = answer(self.noun, thing, status=status.HTTP_201_CREATED)
            response["Location"] = response.data["url"]
            return response

        return idempotency.once(request, act)


class Record(ProtectedAPIView):
    """One record."""

    noun: Noun
    parser_classes = (MergePatch, JSON)

    @transaction.atomic
    def changed(self, request: Request, name: str) -> Response:
        """Change what a patch says, if nobody was faster."""
        by = cast("User", request.user)
        thing = verbs.seen(self.noun, name, by=by, locked=True)
        conditions.demand_match(request, etag_of(bodies.body_of(self.noun, thing)))
        return answer(self.noun, verbs.change(self.noun, thing, request.data, by=by))

    @transaction.atomic
    def deleted(self, request: Request, name: str) -> Response:
        """Delete it, if nobody was faster."""
        by = cast("User", request.user)
        thing = verbs.seen(self.noun, name, by=by, locked=True)
        conditions.demand_match(request, etag_of(bodies.body_of(self.noun, thing)))
        verbs.delete(self.noun, thing, by=by)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _line_of(about: Noun) -> type[serializers.Serializer[Any]]:
    """A record in a list, for the schema."""
    told = {name: serializers.CharField() for name in (about.key, *about.told)}
    return type(
        f"{about.model.__name__}Line",
        (serializers.Serializer,),
        {**told, "url": serializers.URLField(), "__doc__": "A record in a list."},
    )


def views_of(about: Noun) -> tuple[type[Records], type[Record]]:
    """The list and the single view of one noun; documents alone can be deleted, before they were public."""
    one = _record_of(about)
    return _records_of(about), _draft_of(about, one) if about.model is Document else one


def _said_of(about: Noun) -> OpenApiResponse:
    return OpenApiResponse(body_of(about.model, about.key), description="The record as it stands, with its ETag.")


def _records_of(about: Noun) -> type[Records]:
    """The list, to which a new one can be posted."""

    class Many(Records):
        __doc__ = f"The {about.name} as they are edited."
        noun = about
        queryset = about.model._default_manager.none()
        filterset_class = DocumentRecordFilters if about.model is Document else RecordFilters

        @extend_schema(
            operation_id=f"curation_{about.name}",
            description=f"All {about.name}, the newest first, a page at a time.",
            responses={200: _line_of(about)(many=True), **BAD_PARAMETER, **REFUSED},
            examples=listed(about.name, about.key, about.told),
        )
        def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
            return self.listed(request)

        @extend_schema(
            operation_id=f"curation_{about.singular}_create",
            description=f"A new record of the {about.name}. Members that are left out are empty.",
            request=body_of(about.model, about.key),
            parameters=[idempotency.PARAMETER],
            responses={201: _said_of(about), **WRITING, **problem(422, "The key came with another request before.")},
            examples=created(about.name),
        )
        def post(self, request: Request) -> Response:
            return self.made(request)

    return Many


def _record_of(about: Noun) -> type[Record]:
    """A single one, to be read and changed."""

    class One(Record):
        __doc__ = f"One of the {about.name} as it is edited."
        noun = about

        @extend_schema(
            operation_id=f"curation_{about.singular}",
            description="The record as it stands; its ETag is what a change asks for.",
            responses={200: _said_of(about), **REFUSED, **UNKNOWN},
            examples=shown(whole(about.name, about.key)),
        )
        def get(self, request: Request, name: str) -> Response:
            return answer(about, verbs.seen(about, name, by=cast("User", request.user)))

        @extend_schema(
            operation_id=f"curation_{about.singular}_change",
            description="Change the members that are sent (JSON Merge Patch, RFC 7396). A list is replaced whole, "
            "`null` makes a member empty, and what is left out stays.",
            request={each.media_type: patch_of(about.model, about.key) for each in (MergePatch, JSON)},
            parameters=[IF_MATCH],
            responses={200: _said_of(about), **WRITING, **CONDITIONAL},
            examples=patched(about.name),
        )
        def patch(self, request: Request, name: str) -> Response:
            return self.changed(request, name)

    return One


def _draft_of(about: Noun, one: type[Record]) -> type[Record]:
    """One that can be deleted too."""

    class Draft(one):  # type: ignore[valid-type, misc]  # a class that was made
        @extend_schema(
            operation_id=f"curation_{about.singular}_delete",
            description="Delete a draft. What was published once is withdrawn instead.",
            parameters=[IF_MATCH],
            responses={204: None, **REFUSED, **CONDITIONAL, **problem(409, "It was public once, or is referred to.")},
        )
        def delete(self, request: Request, name: str) -> Response:
            return Record.deleted(self, request, name)

    return Draft


VIEWS = {name: views_of(noun) for name, noun in NOUNS.items()}
