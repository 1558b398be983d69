"""Errors as problem details (RFC 9457): one shape for every answer that is no success.

``errors`` says what is wrong with each part of a request: a parameter or header by its name, a member of the body by
its JSON pointer (RFC 6901).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404
from rest_framework import status
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from archive.away import DATABASE_AWAY
from archive.serving import PAUSE

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

#: What is wrong with one part of a request.
Fault = dict[str, Any]


class Gone(APIException):
    """There was such a thing, and it was withdrawn."""

    status_code = status.HTTP_410_GONE
    default_detail = "This was withdrawn."
    default_code = "gone"


class Conflict(APIException):
    """What is asked cannot be done as things stand."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class TooLarge(APIException):
    """Something is larger than the site takes."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE


class Unavailable(APIException):
    """What is asked cannot be answered for now; ``after`` is in how many seconds it may be, if that can be told."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE

    def __init__(self, detail: str, *, after: int | None = None) -> None:
        super().__init__(detail)
        self.wait = after


class Invalid(APIException):
    """Parts of a request are wrong; ``faults`` names each."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(_in_words(each) for each in faults))
        self.faults = list(faults)


def invalid_body(detail: Any, *, under: str = "") -> Invalid:
    """What a serializer says against a body, with the pointer of each member; ``under`` leads to the body's place."""
    return Invalid([{"pointer": pointer, "detail": words} for pointer, words in pointed(detail, under)])


def pointed(detail: Any, under: str = "") -> Iterator[tuple[str, str]]:
    """Every message of a serializer, with the JSON pointer of what it is about."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            here = under if name == "non_field_errors" else f"{under}/{escaped(str(name))}"
            yield from pointed(inner, here)
    elif isinstance(detail, list | tuple) and any(isinstance(each, Mapping) for each in detail):
        for number, inner in enumerate(detail):
            yield from pointed(inner, f"{under}/{number}")
    elif isinstance(detail, list | tuple):
        for words in detail:
            yield under, str(words)
    else:
        yield under, str(detail)


def escaped(name: str) -> str:
    """A member as it stands in a pointer (RFC 6901, section 3)."""
    return name.replace("~", "~0").replace("/", "~1")


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """An exception of a view as a response, or None where it is a fault of ours and not of the request."""
    if isinstance(error, Http404):
        error = NotFound(str(error) or None)
    elif isinstance(error, DATABASE_AWAY):
        logger.error("the database does not answer", exc_info=error)
        error = Unavailable("The database does not answer just now. Ask again in a while.", after=PAUSE)
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
    faults = _faults(error)
    if not faults:
        return {**body, "detail": str(error.detail)}
    return {**body, "detail": "; ".join(_in_words(each) for each in faults), "errors": faults}


def _faults(error: APIException) -> list[Fault]:
    if isinstance(error, Invalid):
        return error.faults
    if isinstance(error, ValidationError) and isinstance(error.detail, dict):
        return [{"parameter": name, "detail": message} for name, message in _messages(error.detail)]
    return []


def _in_words(fault: Fault) -> str:
    where = fault.get("parameter") or fault.get("pointer")
    return f"{where}: {fault['detail']}" if where else str(fault["detail"])


def _messages(detail: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, messages in detail.items():
        for message in messages if isinstance(messages, list) else [messages]:
            yield name, str(message)
