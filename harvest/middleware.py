"""The way in for harvesters, past what only people need.

A harvester has no session, no log-in and no messages; all that the middleware of a site does for these, and finding
the view among a hundred addresses, takes half as long as a page of records from the database.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import get_script_prefix, reverse

from harvest.provider import pages
from harvest.provider.views import oai


def harvesters_first(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A middleware, for behind the SecurityMiddleware and before everything else. A site does without it as well.

    It answers requests for XML. Whoever opens the endpoint in a browser goes the way of all pages. What refuses or
    limits clients stands before it.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        if request.path != _path(get_script_prefix(), settings.ROOT_URLCONF) or pages.wanted(request):
            return get_response(request)
        request.get_host()  # refuses a host that is not the site's, as CommonMiddleware does
        return oai(request)

    return respond


@cache
def _path(prefix: str, urlconf: str) -> str:
    """Where the endpoint is; what that depends on are the arguments."""
    return reverse("harvest:oai")
