"""The way in for harvesters, who have no session, no log-in and no messages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import path, reverse

from archive.shortcut import LongWay, shortcut
from harvest.provider import pages
from harvest.provider.views import oai


def _records(request: HttpRequest) -> HttpResponseBase:
    """XML; whoever opens the endpoint in a browser goes the way of all pages."""
    if pages.wanted(request):
        raise LongWay
    return oai(request)


def _root() -> str:
    return reverse("harvest:oai").removesuffix("oai")


#: A middleware, see ``archive.shortcut``: answers requests for XML.
harvesters_first = shortcut([path("oai", _records)], root=_root)
