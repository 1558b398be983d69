"""The frame of pages that optional apps have: that of the site's pages where there are any, else one of its own."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from archive import languages
from archive.conf import conf


def page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page within the frame, in the language that the view has chosen for it, if it has."""
    # A page that says what went wrong does not repeat its address.
    offered = languages.choices(request) if status == HTTPStatus.OK else []
    common = {
        "languages": offered,
        "frame": "archive_web/base.html" if _framed() else "archive/alone.html",
        "repository_name": conf().REPOSITORY_NAME,
        "searchable": apps.is_installed("archive.search"),
    }
    response = render(request, template, {**common, **context}, status=status)
    response["Content-Security-Policy"] = _policy()
    response["Referrer-Policy"] = "same-origin"
    languages.mark(request, response)
    return response


def _policy() -> str:
    """No scripts at all, and styles and pictures of the site alone, which may keep them at another address."""
    static = urlsplit(settings.STATIC_URL or "")
    here = f"'self' {static.scheme}://{static.netloc}" if static.netloc else "'self'"
    return (
        f"default-src 'none'; style-src {here}; img-src {here}; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'self'"
    )


def _framed() -> bool:
    """Whether the pages of the site are installed, and have their addresses."""
    try:
        return apps.is_installed("archive.web") and bool(reverse("archive_web:documents"))
    except NoReverseMatch:
        return False
