"""Responses: a page with what every page needs, and the policy that says what it may load."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from archive import languages
from archive.conf import conf
from archive.web.finding import searchable


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    inline_styles: bool = False,
) -> HttpResponse:
    """A page, or 304 for who has the same already. Its addresses come from the settings, never from the request."""
    # A page that says that something is not there does not repeat its address.
    offered = languages.choices(request) if status == HTTPStatus.OK else []
    common = {
        "repository_name": conf().REPOSITORY_NAME,
        "searchable": searchable(),
        "languages": offered,
    }
    response = render(request, template, {**common, **(context or {})}, status=status)
    response["Content-Security-Policy"] = policy(inline_styles=inline_styles)
    response["Referrer-Policy"] = "same-origin"
    languages.mark(request, response)
    if status != HTTPStatus.OK:
        return response
    # A cache may keep a page and must ask before it is shown, so that a withdrawal is felt at once.
    response["ETag"] = quote_etag(hashlib.sha256(response.content + inline_styles.to_bytes()).hexdigest())
    response["Cache-Control"] = "public, no-cache"
    known = get_conditional_response(request, response["ETag"], None, response)
    return known if isinstance(known, HttpResponse) else response


@languages.in_their_language
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for what is not there; a site names it in ``handler404``."""
    return page(request, "archive_web/404.html", status=404)


def page_number(request: HttpRequest, parameter: str = "page") -> int:
    """The page asked for; anything that is no page is the first."""
    asked = request.GET.get(parameter, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def policy(*, inline_styles: bool) -> str:
    """Everything from this site alone, and no script or style within a page, save where a panel needs styles.

    The public address is named beside ``'self'``, because a site may be opened under another name.
    """
    here = " ".join(dict.fromkeys(["'self'", *_origins()]))
    styles = f"{here} 'unsafe-inline'" if inline_styles else here
    return (
        f"default-src 'none'; script-src {here}; style-src {styles}; font-src {here}; "
        f"img-src {here} data: blob:; connect-src {here}; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    )


def _origins() -> list[str]:
    """The origins of the public address and, if it is elsewhere, of the static files."""
    addresses = [urlsplit(conf().PUBLIC_BASE_URL), urlsplit(settings.STATIC_URL or "")]
    return [f"{each.scheme}://{each.netloc}" for each in addresses if each.netloc]
