"""The way in for viewers, past what only people need.

Manifests, images, lines and findings do not depend on who asks: sessions, log-ins and messages, and finding the view
among a hundred addresses, take longer than a manifest or a stored tile itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, get_resolver, get_script_prefix, reverse

_ADDRESSES = "iiif.urls"


def viewers_first(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware, for behind the SecurityMiddleware and before everything else. A site does without it as well.

    It answers what is asked below the address at which the site has this app. A site that has a view of its own there,
    in the place of one of these, leaves it out. What refuses or limits clients stands before it.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        root = _root(get_script_prefix(), settings.ROOT_URLCONF)
        if not request.path_info.startswith(root):
            return get_response(request)
        try:
            view, positional, named = get_resolver(_ADDRESSES).resolve(request.path_info.removeprefix(root))
        except Resolver404:
            return get_response(request)
        request.get_host()  # refuses a host that is not the site's, as CommonMiddleware does
        response: HttpResponseBase = view(request, *positional, **named)
        if isinstance(response, HttpResponse) and not response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))
        return response

    return respond


@cache
def _root(prefix: str, urlconf: str) -> str:
    """Where the app is within the site, without a slash at the end; what that depends on are the arguments."""
    return f"/{reverse('iiif:collection-top').removeprefix(prefix)}".removesuffix("/collection/top")
