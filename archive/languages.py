"""Languages: in which of those that a site offers a page is written, and how a reader asks for another.

A page has one address in all its languages. The browser's ``Accept-Language`` chooses, unless a reader has followed
one of the links ``?lang=``, which leave a cookie and lead back to the address. What is no page, a record or an image,
has no part in this: it is the same for everybody, and caches need not tell one reader from another.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from django.conf import global_settings, settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import escape_leading_slashes
from django.utils.translation.trans_real import parse_accept_lang_header

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)

#: The languages into which the pages are translated, offered where a site does not set ``LANGUAGES``.
OURS = ("en", "ru", "zh-hans", "ko")
#: The parameter by which a reader asks for a language.
PARAMETER = "lang"
#: Where a request says that its page is written in a language that was chosen for it.
_CHOSEN = "fonds.language"


@dataclass(frozen=True, slots=True)
class Choice:
    """A language that is offered: its name in itself, and the address that asks for it."""

    code: str
    name: str
    address: str
    chosen: bool


def offered() -> dict[str, str]:
    """The codes of the languages that are offered, with what the site calls them."""
    named = dict(settings.LANGUAGES)
    # Django's own list, of all that it is translated into itself, stands where a site has none.
    return {code: named[code] for code in OURS} if named == dict(global_settings.LANGUAGES) else named


def wanted(request: HttpRequest) -> str:
    """The language for a reader: the one chosen before, else the browser's best, else the site's own."""
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    asked = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""), *(code for code, _ in accepted)]
    codes = offered()
    found = (_supported(code) for code in (*asked, settings.LANGUAGE_CODE) if code)
    return next((code for code in found if code in codes), next(iter(codes)))


def in_their_language(
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
    """Have a view write its page in the reader's language; one that asks for another is led back to the page."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        asked = _asked(request)
        if asked in offered() and request.method in ("GET", "HEAD"):
            return _remembered(request, asked)
        request.META[_CHOSEN] = wanted(request)
        with translation.override(request.META[_CHOSEN]):
            return view(request, *args, **kwargs)

    return wrapper


def _asked(request: HttpRequest) -> str:
    """The language that the address asks for; none where it has more parameters than Django reads."""
    try:
        return request.GET.get(PARAMETER, "")
    except TooManyFieldsSent:  # the page is then the one that says so, and must not fail for it
        return ""


def choices(request: HttpRequest) -> list[Choice]:
    """What is offered on a page; nothing where its language was not chosen, or there is no other."""
    chosen, codes = request.META.get(_CHOSEN), offered()
    if chosen is None or len(codes) < 2:
        return []
    return [
        Choice(code, _own_name(code, name), _address(request, code), code == chosen) for code, name in codes.items()
    ]


def mark(request: HttpRequest, response: HttpResponse) -> None:
    """Tell caches that others get the page in other languages, and clients in which this one is."""
    if _CHOSEN in request.META:
        response["Content-Language"] = request.META[_CHOSEN]
        patch_vary_headers(response, ["Accept-Language", "Cookie"])


def _remembered(request: HttpRequest, code: str) -> HttpResponse:
    response = HttpResponseRedirect(_address(request, None))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    response["Cache-Control"] = "no-store"
    return response


def _address(request: HttpRequest, code: str | None) -> str:
    """The page that was asked for, in a language, or in none."""
    query = request.GET.copy()
    query.pop(PARAMETER, None)
    if code:
        query[PARAMETER] = code
    path = escape_leading_slashes(request.get_full_path().partition("?")[0])
    return f"{path}?{query.urlencode()}" if query else path


def _own_name(code: str, name: str) -> str:
    try:
        return str(translation.get_language_info(code)["name_local"])
    except KeyError:
        return name


def _supported(code: str) -> str:
    """The language that Django has for a code: ``zh-hans`` for ``zh-cn``; nothing where it has none."""
    try:
        return translation.get_supported_language_variant(code)
    except LookupError:
        return ""
