"""Errors as problem details (RFC 9457): one shape for every answer that is no success."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.http import Http404
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"


class Gone(APIException):
    """There was such a thing, and it was withdrawn."""

    status_code = status.HTTP_410_GONE
    default_detail = "This was withdrawn."
    default_code = "gone"


class Conflict(APIException):
    """What is asked cannot be done as things stand."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """An exception of a view as a response, or None where it is a fault of ours and not of the request."""
    if isinstance(error, Http404):
        error = NotFound(str(error) or None)
    plain = exception_handler(error, context)
    if plain is None or not isinstance(error, APIException):
        return plain
    return Response(
        problem(error), status=plain.status_code, headers=dict(plain.headers), content_type=MEDIA_TYPE, exception=True
    )


def problem(error: APIException) -> dict[str, Any]:
    """The problem document. ``about:blank`` says that the status code tells the type (section 4.2.1)."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(error.status_code).phrase,
        "status": error.status_code,
    }
    if isinstance(error, ValidationError) and isinstance(error.detail, dict):
        errors = [{"parameter": name, "detail": message} for name, message in _messages(error.detail)]
        return {**body, "detail": "; ".join(f"{e['parameter']}: {e['detail']}" for e in errors), "errors": errors}
    return {**body, "detail": str(error.detail)}


def _messages(detail: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, messages in detail.items():
        for message in messages if isinstance(messages, list) else [messages]:
            yield name, str(message)
