"""Pages: the endpoint for people, who open it in a browser.

The same address gives harvesters pure XML whatever they send. A page is for those alone who say before all else that
they want HTML, as browsers do and harvesters do not.
"""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from archive import uris
from archive.conf import conf
from archive.negotiation import choose
from harvest.formats import OFFERED
from harvest.provider.queries import Query

HTML, XHTML = "text/html", "application/xhtml+xml"
WILD = {"*/*", "*", "text/*"}
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
TEMPLATE = "harvest/endpoint.html"


def wanted(request: HttpRequest) -> bool:
    """Whether a request comes from somebody who reads.

    Java's own client names ``text/html`` first and images after it, whoever programs with it. Browsers name XHTML
    beside HTML, and people at a terminal HTML alone.
    """
    accept = request.META.get("HTTP_ACCEPT", "")
    if request.method == "POST" or "html" not in accept.lower():
        return False
    if choose(accept, ["text/xml", "application/xml", HTML]) != HTML:
        return False
    named = {each.split(";")[0].strip().lower() for each in accept.split(",")} - WILD
    return named == {HTML} or XHTML in named


def page(request: HttpRequest, answered: Callable[[Query], bytes]) -> HttpResponse:
    """The answer to a request as a page; without arguments, what the repository says of itself.

    What was left empty in a form is taken out of the address first: to the protocol it would be a mistake.
    """
    from harvest.provider.readable import read  # with lxml, which workers and commands need not load for their sake

    query = QueryDict(request.META.get("QUERY_STRING", ""), encoding="utf-8", mutable=True)
    if any(value == "" for values in dict(query.lists()).values() for value in values):
        return HttpResponseRedirect(f"{request.path}?{_without_empty(query)}")
    if not query:
        query["verb"] = "Identify"
    context = {
        "answer": read(answered(dict(query.lists()))),
        "prefixes": [each.format for each in OFFERED],
        "address": request.path,
    }
    return _shown(request, {**context, "typed": query.dict(), "base_url": uris.to("harvest:oai")})


def _without_empty(query: QueryDict) -> str:
    filled = QueryDict(mutable=True)
    for name, values in query.lists():
        filled.setlist(name, [value for value in values if value])
    return filled.urlencode(safe=":")


def _site_has_pages() -> bool:
    """Whether the site has pages whose frame can be used: the app is installed, and has its addresses."""
    if not apps.is_installed("archive.web"):
        return False
    try:
        reverse("archive_web:home")
    except NoReverseMatch:
        return False
    return True


def _shown(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """In the frame of the site's pages where there are any, else in one of its own."""
    if _site_has_pages():
        from archive.web.responses import page  # an app that a site can leave out

        return page(request, TEMPLATE, {**context, "frame": "archive_web/base.html"})
    frame = {"frame": "archive/alone.html", "repository_name": conf().REPOSITORY_NAME}
    response = render(request, TEMPLATE, {**context, **frame})
    response["Content-Security-Policy"] = POLICY
    return response
