"""Failures: the pages for what could not be answered. They ask nothing of the database, which may be the reason."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from archive.away import DATABASE_AWAY
from archive.languages import in_their_language
from archive.serving import PAUSE
from archive.web.responses import page


@in_their_language
def failed(request: HttpRequest) -> HttpResponse:
    """The page for an error; a site names it in ``handler500``, and Django calls it while the exception is handled.

    503, with ``Retry-After`` in seconds, where the database does not answer just now or wants what was begun to be done
    again, as when two who write wait for each other; 500 for every other error.
    """
    if isinstance(sys.exc_info()[1], DATABASE_AWAY):
        response = page(request, "archive_web/503.html", {"searchable": False}, status=503)
        response["Retry-After"] = str(PAUSE)
    else:
        response = page(request, "archive_web/500.html", {"searchable": False}, status=500)
    add_never_cache_headers(response)
    return response
