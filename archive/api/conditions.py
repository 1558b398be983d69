"""Conditions: the ETag of every answer, and what a request makes depend on one (RFC 9110, section 13)."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import parse_etags
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from archive.serving import CACHING

#: Bytes of SHA-256 that tell two answers apart.
_LENGTH = 32


def etag_of(content: bytes) -> str:
    """The strong validator of these bytes."""
    return f'"{hashlib.sha256(content).hexdigest()[:_LENGTH]}"'


def answer_conditionally(request: Request, response: Any) -> Any:
    """Let the answer carry an ETag, and be 304 for who has it already. Errors and what is streamed stay as they are."""
    if request.method not in {"GET", "HEAD"} or response.status_code != 200 or response.streaming:
        return response
    response["Cache-Control"] = CACHING
    response.add_post_render_callback(lambda rendered: _conditional(request, rendered))
    return response


def _conditional(request: Request, rendered: HttpResponse) -> HttpResponse | None:
    etag = etag_of(rendered.content)
    rendered["ETag"] = etag
    shorter = get_conditional_response(request._request, etag=etag, response=rendered)
    if shorter is None or shorter is rendered:
        return None
    for name in ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers"):
        shorter[name] = rendered[name]
    return shorter


class PreconditionFailed(APIException):
    """Somebody changed it since."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = "Somebody changed it since you have read it. Read it again, and change that."


class PreconditionRequired(APIException):
    """A change that does not say of what (RFC 6585, section 3)."""

    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_detail = "Send the ETag that you have read in If-Match, so that nobody's change is lost."


def demand_match(request: Request, etag: str) -> None:
    """Let a change pass if it was made of what stands.

    :raises PreconditionRequired: it does not say of what it was made.
    :raises PreconditionFailed: of something else.
    """
    demand_etag(request.headers.get("If-Match", ""), etag)


def demand_etag(said: str, etag: str) -> None:
    """The same for what stands in ``If-Match``. A weak validator never matches (RFC 9110, section 13.1.1).

    :raises PreconditionRequired: nothing stands there.
    :raises PreconditionFailed: something else does.
    """
    if not said.strip():
        raise PreconditionRequired
    if said.strip() != "*" and etag not in parse_etags(said):
        raise PreconditionFailed
