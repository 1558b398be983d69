"""Shortcuts: ways in for programs, past what only people need.

What harvesters, viewers and readers of linked data ask for does not depend on who asks. Sessions, log-ins, messages,
and finding the view among a hundred addresses take as long as the answer, or longer. A shortcut is a middleware for
behind Django's SecurityMiddleware and before everything else; a site does without it as well, and answers the same.
What refuses or limits clients stands before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from django.conf import settings
from django.core.signals import setting_changed
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import NoReverseMatch, ResolverMatch, URLPattern, get_script_prefix

GetResponse = Callable[[HttpRequest], HttpResponseBase]

#: Hosts that requests named and that are the site's. Looking once more takes as long as reading a resumption token.
ACCEPTED: set[str] = set()
#: How many of them a process remembers: with ``*`` in ALLOWED_HOSTS, clients could name any number.
REMEMBERED = 64


class LongWay(Exception):  # noqa: N818 - the name says the outcome
    """A view leaves a request to the middleware and the view that the site has for everybody."""


def shortcut(addresses: Sequence[URLPattern], *, root: Callable[[], str]) -> Callable[[GetResponse], GetResponse]:
    """A middleware that answers what is asked at some addresses of an app.

    ``addresses`` are patterns of paths within the app, without the slash at the beginning; a view of theirs may raise
    ``LongWay``. ``root`` tells where the site has the app, as ``reverse`` does, and ends with a slash; nothing is
    answered where it raises NoReverseMatch.
    """

    @lru_cache(maxsize=16)  # some servers let clients say the prefix
    def at(prefix: str, urlconf: str) -> str | None:
        """The root within the site; what that depends on are the arguments."""
        try:
            return f"/{root().removeprefix(prefix)}"
        except NoReverseMatch:
            return None

    def middleware(get_response: GetResponse) -> GetResponse:
        plain = _plain(addresses)

        def respond(request: HttpRequest) -> HttpResponseBase:
            here = at(get_script_prefix(), settings.ROOT_URLCONF)
            if here is None or not request.path_info.startswith(here):
                return get_response(request)
            path = request.path_info[len(here) :]
            found = plain.get(path) or _found(addresses, path)
            try:
                return _answered(request, found) if found else get_response(request)
            except LongWay:
                return get_response(request)

        return respond

    return middleware


def _found(addresses: Sequence[URLPattern], path: str) -> ResolverMatch | None:
    return next(filter(None, (each.resolve(path) for each in addresses)), None)


def _plain(addresses: Sequence[URLPattern]) -> dict[str, ResolverMatch]:
    """What is found at the addresses that are a path and nothing else: it need not be sought for every request."""
    found = {path: _found(addresses, path) for path in (str(each.pattern) for each in addresses)}
    return {path: match for path, match in found.items() if match and not match.args and not match.kwargs}


def _answered(request: HttpRequest, found: ResolverMatch) -> HttpResponseBase:
    """What the view answers. As with CommonMiddleware, it has its length, and the host must be the site's.

    The length of what is told to be unchanged would be that of the whole (RFC 9110, section 8.6).
    """
    _accept_host(request)
    response: HttpResponseBase = found.func(request, *found.args, **found.kwargs)
    if isinstance(response, HttpResponse) and response.status_code != 304 and not response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))
    return response


def _accept_host(request: HttpRequest) -> None:
    """Look whether the host is the site's, unless it is known to be.

    :raises DisallowedHost: if it is not.
    """
    host = request.META.get("HTTP_HOST")
    if host is None or settings.USE_X_FORWARDED_HOST:  # what is the host then depends on more
        request.get_host()
    elif host not in ACCEPTED:
        request.get_host()
        if len(ACCEPTED) >= REMEMBERED:
            ACCEPTED.clear()
        ACCEPTED.add(host)


def _forget(**_: object) -> None:
    """Settings change in tests alone."""
    ACCEPTED.clear()


setting_changed.connect(_forget)
