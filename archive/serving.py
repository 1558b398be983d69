"""Serving: answer with the stored bytes of a representation.

What is sent is what was rendered; the ETag is its checksum and Last-Modified the time it last changed. A
representation that was taken back answers 410 for ever, so that those who hold a copy hear of it.
"""

from __future__ import annotations

import functools
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Concatenate, NamedTuple, ParamSpec

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag

from archive.away import DATABASE_AWAY
from archive.conf import conf
from archive.driver import fetched
from archive.kept import Held, Kept

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

logger = logging.getLogger(__name__)

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
TEXT = "text/plain; charset=utf-8"
#: Seconds after which a program may come again that found the database away.
PAUSE = 30
#: No checksum.
NOTHING = "-"
#: Headers by which a client says what it has already.
_CONDITIONS = frozenset({"HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"})
#: Caches may keep a copy and must ask before using it, so that a withdrawal is felt at once.
CACHING = "public, no-cache"


@dataclass(frozen=True, slots=True)
class Turned:
    """Another form of what is stored, made when it is asked for; ``name`` tells its ETags from those of the stored."""

    name: str
    media_type: str
    turn: Callable[[bytes], bytes]


def stored(
    request: HttpRequest,
    identifier: str,
    format: str,  # noqa: A002 - the word for it
    *,
    turned: Turned | None = None,
    unmarked: bool = False,
) -> HttpResponseBase:
    """The document in this format: 200 or 304, 410 once it was withdrawn, 404 where there never was one.

    With ``turned``, what is stored is answered in another form. With ``unmarked``, what is marked to be told anew
    (``Stale``) counts as not there: the thing may have been merged, or be no longer public.
    """
    row = _row(identifier, format, _ASKED_UNMARKED if unmarked else _ASKED)
    if row is None:
        return HttpResponseNotFound(f"There is no {format} of {identifier}.\n", content_type=TEXT)
    if row.withdrawn:
        return HttpResponse(
            f"The {format} of {identifier} was withdrawn on {row.changed_at:%Y-%m-%d}.\n",
            content_type=TEXT,
            status=410,
        )
    etag, changed = quote_etag(row.checksum + (f"-{turned.name}" if turned else "")), row.changed
    if turned:
        response = HttpResponse(turned.turn(row.content), content_type=turned.media_type)
    else:
        response = HttpResponse(row.content, content_type=_content_type(row.media_type))
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = CACHING
    if not _CONDITIONS.isdisjoint(request.META):
        return get_conditional_response(request, etag, changed, response) or response
    return response


class _Row(NamedTuple):
    """What is asked of a representation."""

    content: bytes
    media_type: str
    checksum: str
    changed_at: datetime
    withdrawn: bool

    @property
    def changed(self) -> int:
        """When, in seconds since 1970. SQLite keeps times in UTC and does not say so."""
        told = self.changed_at
        return int((told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp())


#: By its words, because what Django takes to write them is three times what the database takes to answer.
_ASKED = (
    "SELECT CASE WHEN checksum = %s THEN NULL ELSE content END, media_type, checksum, changed_at, withdrawn"
    " FROM archive_representation WHERE identifier = %s AND format = %s"
)
#: Of a thing; the lower 48 bits of its number are its primary key (``archive.models.kind``).
_ASKED_UNMARKED = _ASKED + (  # noqa: S608 - both parts stand here
    " AND NOT EXISTS (SELECT 1 FROM archive_stale"
    " WHERE archive_stale.kind = archive_representation.kind AND thing = (number & 281474976710655))"
)
_kept = Kept()


def _row(identifier: str, format: str, asked: str) -> _Row | None:  # noqa: A002 - the word for it
    """The representation as the database has it now, whatever is kept; with the bytes that it has now."""
    key = (identifier, format)
    held = _kept.last(key)
    found = fetched(asked, (held.checksum if held else NOTHING, identifier, format), often=True)
    row = _Row(*found[0]) if found else None
    if row is None or row.withdrawn:
        _kept.drop(key)
        return row
    if held and held.checksum == row.checksum:
        return row._replace(content=held.content)
    _kept.keep(key, Held(row.checksum, row.content), limit=conf().KEPT_IN_MEMORY)
    return row


def made(request: HttpRequest, body: bytes, media_type: str) -> HttpResponseBase:
    """Bytes that were made for this request: 200, or 304 for who has the same already."""
    etag = quote_etag(hashlib.sha256(body).hexdigest())
    response = HttpResponse(body, content_type=media_type)
    response["ETag"] = etag
    response["Cache-Control"] = CACHING
    return get_conditional_response(request, etag, None, response) or response


def busy(message: str, *, after: int) -> HttpResponse:
    """503: the client is asked to come again in ``after`` seconds (RFC 9110, sections 10.2.3 and 15.6.4)."""
    return on_purpose(HttpResponse(message, content_type=TEXT, status=503, headers={"Retry-After": f"{after}"}))


def on_purpose(response: HttpResponse) -> HttpResponse:
    """An answer of 500 and above that is no error of ours, which Django would log and tell the administrators."""
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _content_type(media_type: str) -> str:
    """Text is UTF-8 here, and says so; other types have no charset parameter."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def patient(view: View[P]) -> View[P]:
    """Let a view ask programs to come again where the database does not answer just now.

    A database that is started anew has gone for a few seconds, and each process finds its connection cut once. Programs
    that would wait for a 503 give up a whole night's work at a 500. Browsers get the page that the site has for it
    (``handler500``).
    """

    @functools.wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except DATABASE_AWAY:
            if "text/html" in request.headers.get("Accept", ""):
                raise
            logger.exception("the database does not answer")
            return busy("The database does not answer just now.", after=PAUSE)

    return wrapper


def open_to_all(view: View[P]) -> View[P]:
    """Let a view that only reads be read from pages of every other site (CORS), and by GET, HEAD and OPTIONS alone.

    It is ``patient``, too.

    Viewers and linked-data clients run in the pages of others. Nothing here depends on who asks, so any
    origin may read it; errors too, or a viewer could not tell its user what happened.
    """
    asked = patient(view)

    @functools.wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: HttpResponseBase = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = ", ".join(SAFE_METHODS)
            response["Access-Control-Allow-Headers"] = request.headers.get("Access-Control-Request-Headers", "*")
            response["Access-Control-Max-Age"] = "86400"
        elif request.method in SAFE_METHODS:
            response = asked(request, *args, **kwargs)
        else:
            response = HttpResponseNotAllowed(SAFE_METHODS)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, Location"
        return response

    return wrapper


def downloaded(file: IO[bytes], name: str, media_type: str) -> FileResponse:
    """A file that others have made, to be saved: whatever is in it, no browser runs it."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
