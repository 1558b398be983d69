"""Access: who asks, and what they may. The base of every view, for the public and for those who may.

A program sends a token (``Authorization: Bearer …``), a page of the same site its session and the CSRF token. What a
user may is what Django's permissions say, as in the admin.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from drf_spectacular.openapi import AutoSchema
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, TokenAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from archive.api import conditions, problems
from archive.api.throttling import Reading, Writing


class BearerAuthentication(TokenAuthentication):
    """Tokens as RFC 6750 sends them. Django REST framework keeps them, in its app ``authtoken``."""

    keyword = "Bearer"


def authentication_classes() -> list[type[BaseAuthentication]]:
    """Tokens where the project has the app that keeps them, and sessions."""
    tokens = [BearerAuthentication] if apps.is_installed("rest_framework.authtoken") else []
    return [*tokens, SessionAuthentication]


class OwnSettings(APIView):
    """What all views have in common. Each setting is made here, so that a site's REST_FRAMEWORK does not change it."""

    renderer_classes: tuple[Any, ...] = (JSONRenderer,)
    parser_classes: tuple[Any, ...] = ()
    throttle_classes = (Reading, Writing)
    versioning_class = None
    schema = AutoSchema()

    def get_exception_handler(self) -> Any:
        """Errors are problem details."""
        return problems.answer


class PublicAPIView(OwnSettings):
    """A view for everybody, to read.

    No authentication: an answer is the same for everybody, so any cache and any other site may keep it. A cache asks
    before it uses what it keeps, so that a withdrawal is felt at once.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    http_method_names = ["get", "head", "options"]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Let pages of other sites read the answer, and tell who has it already."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        return conditions.answer_conditionally(request, response)


class ProtectedAPIView(OwnSettings):
    """A view for those who may. Unlike with public views, no other site may read the answers, and nobody keep them."""

    permission_classes = (IsAuthenticated,)

    def get_authenticators(self) -> list[BaseAuthentication]:
        """See authentication_classes."""
        return [each() for each in authentication_classes()]

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Let nobody keep the answer."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


def demand(allowed: bool, what: str) -> None:
    """Let a request pass, or say what its user may not.

    :raises PermissionDenied: with the sentence.
    """
    if not allowed:
        raise PermissionDenied(f"You may not {what}.")
