"""Access: who asks, and what they may. For every view that is not for the public.

A program sends a token (``Authorization: Bearer …``), a page of the same site its session and the CSRF token. What a
user may is what Django's permissions say, as in the admin.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, TokenAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from archive.api import problems


class BearerAuthentication(TokenAuthentication):
    """Tokens as RFC 6750 sends them. Django REST framework keeps them, in its app ``authtoken``."""

    keyword = "Bearer"


def authentication_classes() -> list[type[BaseAuthentication]]:
    """Tokens where the project has the app that keeps them, and sessions."""
    tokens = [BearerAuthentication] if apps.is_installed("rest_framework.authtoken") else []
    return [*tokens, SessionAuthentication]


class ProtectedAPIView(APIView):
    """What all views for those who may have in common. Each setting is made here, whatever the site's REST_FRAMEWORK.

    Unlike with public views, no other site may read the answers, and nobody may keep them.
    """

    permission_classes = (IsAuthenticated,)
    renderer_classes: tuple[Any, ...] = (JSONRenderer,)
    parser_classes: tuple[Any, ...] = ()
    throttle_classes = ()
    versioning_class = None

    def get_authenticators(self) -> list[BaseAuthentication]:
        """See authentication_classes."""
        return [each() for each in authentication_classes()]

    def get_exception_handler(self) -> Any:
        """Errors are problem details."""
        return problems.answer

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
