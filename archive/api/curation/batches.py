"""Batches: many records created and changed with one request, each by itself, with a result for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from archive.api import conditions, idempotency, problems
from archive.api.access import ProtectedAPIView
from archive.api.curation import bodies, verbs
from archive.api.curation.examples import CHANGED, NEW
from archive.api.curation.fields import Words
from archive.api.curation.nouns import NOUNS
from archive.api.curation.views import WRONG, etag_of
from archive.api.parsing import JSON
from archive.api.saying import REFUSED, Example, problem
from archive.api.serializers import ProblemSerializer
from archive.api.strict import Strict
from archive.conf import conf

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@extend_schema_field({"type": "object", "additionalProperties": {}})
class Body(serializers.JSONField):
    """The body of a record: an object. One that is none is the fault of its item, and does not hold up the others."""


class BatchItemSerializer(Strict):
    """One record to be created, or, with its name and the ETag that you have seen, to be changed."""

    kind = serializers.ChoiceField(list(NOUNS))
    name = Words(required=False, max_length=100, help_text="Identifier or slug of a record to change.")
    if_match = Words(required=False, max_length=100, help_text="Its ETag, or `*`.")
    body = Body(allow_null=True, help_text="As for a single record: a new one, or what is to change.")


class BatchSerializer(Strict):
    """Records to be created and changed, in this order."""

    items = BatchItemSerializer(many=True)


class ResultSerializer(serializers.Serializer[Any]):
    """What became of one record: 201, 200, or the problem."""

    status = serializers.IntegerField()
    name = serializers.CharField(required=False)
    url = serializers.URLField(required=False)
    etag = serializers.CharField(required=False)
    problem = ProblemSerializer(required=False)


class ResultsSerializer(serializers.Serializer[Any]):
    """A result for each item, in the order of the items."""

    results = ResultSerializer(many=True)


class Batches(ProtectedAPIView):
    """Many records at once."""

    parser_classes = (JSON,)

    @extend_schema(
        operation_id="curation_batch",
        request=BatchSerializer,
        parameters=[idempotency.PARAMETER],
        responses={
            200: OpenApiResponse(ResultsSerializer, description="A result for each; some may be problems."),
            **WRONG,
            **REFUSED,
            **problem(413, "There are more items, or bytes, than the site takes at once."),
            **problem(415, "Send JSON."),
            **problem(422, "The key came with another request before."),
        },
        examples=[
            Example(
                "A new document, and a change",
                value={
                    "items": [
                        {"kind": "documents", "body": NEW["documents"]},
                        {"kind": "agents", "name": "k3v9tq2xhm", "if_match": "*", "body": CHANGED["agents"]},
                    ]
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Create and change many records. What cannot be done holds up none of the others."""
        return idempotency.once(request, lambda: self._all(request))

    def _all(self, request: Request) -> Response:
        shape = BatchSerializer(data=request.data)
        items = request.data.get("items") if isinstance(request.data, dict) else None
        if isinstance(items, list) and len(items) > conf().API_BATCH:
            raise problems.TooLarge(f"A batch holds {conf().API_BATCH} items at most. Nothing was done.")
        if not shape.is_valid():
            raise problems.invalid_body(shape.errors)
        by = cast("User", request.user)
        return Response({"results": [result(item, by=by) for item in shape.validated_data["items"]]})


def result(item: dict[str, Any], *, by: User) -> dict[str, Any]:
    """What became of one item; where it could not be done, nothing of it was."""
    try:
        with transaction.atomic():
            return _done(item, by=by)
    except APIException as error:
        return {"status": error.status_code, "problem": problems.problem(error)}


def _done(item: dict[str, Any], *, by: User) -> dict[str, Any]:
    noun = NOUNS[item["kind"]]
    if "name" in item:
        thing = verbs.seen(noun, item["name"], by=by, locked=True)
        conditions.demand_etag(item.get("if_match", ""), etag_of(bodies.body_of(noun, thing)))
        thing = verbs.change(noun, thing, item["body"], by=by)
    else:
        thing = verbs.create(noun, item["body"], by=by)
    body = bodies.body_of(noun, thing)
    code = status.HTTP_200_OK if "name" in item else status.HTTP_201_CREATED
    return {"status": int(code), "name": body[noun.key], "url": body["url"], "etag": etag_of(body)}
