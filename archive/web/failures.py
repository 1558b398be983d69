"""Failures: the pages for what was not answered, and why. They ask nothing of the database, which may be the reason."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from archive.away import DATABASE_AWAY
from archive.languages import in_their_language
from archive.serving import PAUSE
from archive.web.responses import page


@in_their_language
def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request that is not taken, 400; a site names it in ``handler400``.

    An archivist meets it who sends more files at once than Django reads (``DATA_UPLOAD_MAX_NUMBER_FILES``).
    """
    context = {
        "most": settings.DATA_UPLOAD_MAX_NUMBER_FILES if isinstance(exception, TooManyFilesSent) else 0,
        "too_much": isinstance(exception, TooManyFieldsSent | RequestDataTooBig),
    }
    return _told(request, 400, context)


@in_their_language
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what somebody may not do, 403; a site names it in ``handler403``."""
    return _told(request, 403)


@in_their_language
def failed(request: HttpRequest) -> HttpResponse:
    """The page for an error; a site names it in ``handler500``, and Django calls it while the exception is handled.

    503, with ``Retry-After`` in seconds, where the database does not answer just now or wants what was begun to be done
    again, as when two who write wait for each other; 500 for every other error.
    """
    if not isinstance(sys.exc_info()[1], DATABASE_AWAY):
        return _told(request, 500)
    response = _told(request, 503)
    response["Retry-After"] = str(PAUSE)
    return response


def _told(request: HttpRequest, status: int, context: Mapping[str, Any] | None = None) -> HttpResponse:
    response = page(request, f"archive_web/{status}.html", {"searchable": False, **(context or {})}, status=status)
    add_never_cache_headers(response)
    return response
