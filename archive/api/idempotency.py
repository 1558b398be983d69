"""Idempotency: a POST with a key is done once, however often it is sent because an answer was lost.

The key, the change and the answer are written in one transaction, so that there is never one without the others. What
was refused is not remembered: nothing was done, and it may be sent again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from archive.api.models import AnsweredRequest
from archive.conf import conf

if TYPE_CHECKING:
    from django.contrib.auth.models import User

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
#: Headers that are answered alike too.
_KEPT = ("Location", "ETag")

PARAMETER = OpenApiParameter(
    HEADER,
    {"type": "string", "pattern": "^[!-~]{1,200}$"},
    OpenApiParameter.HEADER,
    description="Any words of yours, 1 to 200 visible ASCII characters. The same request with the same key is done "
    "once, and answered alike.",
)


class OtherRequest(APIException):
    """The key of an earlier request came with another one."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY


def digest_of_key(request: Request) -> str | None:
    """The key of a request, as it is kept; None without one.

    :raises ValidationError: it is no key.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not _KEY.fullmatch(key):
        raise ValidationError({HEADER: ["A key has 1 to 200 visible ASCII characters."]})
    return hashlib.sha256(key.encode()).hexdigest()


def once(request: Request, act: Callable[[], Response]) -> Response:
    """Do what a POST asks, in one transaction; or answer as before where that was done with the same key.

    :raises OtherRequest: the key came with another request.
    :raises ValidationError: it is no key.
    """
    key = digest_of_key(request)
    with transaction.atomic():
        if key is None:
            return act()
        _forget_old_ones()
        fingerprint = _fingerprint(request)
        row, new = AnsweredRequest.objects.get_or_create(
            user=cast("User", request.user), key=key, defaults={"fingerprint": fingerprint}
        )
        if not new:
            if row.fingerprint != fingerprint:
                raise OtherRequest("This Idempotency-Key came with another request before.")
            return Response(row.body, status=row.status, headers=row.headers)
        response = act()
        row.status, row.body = response.status_code, response.data
        row.headers = {name: response[name] for name in _KEPT if name in response}
        row.save(update_fields=["status", "body", "headers"])
        return response


def _fingerprint(request: Request) -> str:
    said = [request.method, request.get_full_path(), request.headers.get("If-Match", ""), request.data]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _forget_old_ones() -> None:
    AnsweredRequest.objects.filter(at__lt=timezone.now() - timedelta(days=conf().API_KEY_DAYS)).delete()
