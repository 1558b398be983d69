"""The view: from HTTP to a query, and from an answer to HTTP (OAI-PMH 2.0, section 3.1)."""

from __future__ import annotations

from contextlib import suppress

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from harvest.provider import pages

FORM = "application/x-www-form-urlencoded"


@csrf_exempt  # harvesters POST without a cookie, and nothing can be changed here
@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("Accept", "Accept-Encoding")
def oai(request: HttpRequest) -> HttpResponse:
    """The repository: a page for whoever opens it in a browser, XML for everybody else.

    Errors of the protocol are answers with status 200, as it wants them.
    """
    if pages.wanted(request):
        with suppress(TooManyFieldsSent):  # which the XML says
            return pages.page(request, answer_to)
    body = answer(request)
    response = HttpResponse(body, content_type="text/xml; charset=utf-8")
    response["Content-Length"] = str(len(body))
    if request.method == "HEAD":
        response.content = b""
    return response


def answer(request: HttpRequest) -> bytes:
    """What the repository answers."""
    # Imported with the first request: pyoai takes a quarter of a second, which workers and commands never need.
    from harvest.provider.errors import BadArgumentError
    from harvest.provider.server import Provider

    provider = Provider()
    if request.method == "POST" and request.content_type != FORM:
        return provider.refuse([BadArgumentError(f"The body of a POST request must be of the type {FORM}.")])
    if request.method == "POST" and request.META.get("QUERY_STRING"):
        return provider.refuse([BadArgumentError("The arguments of a POST request stand in its body alone.")])
    try:
        return answer_to(query_of(request))
    except TooManyFieldsSent:
        return provider.refuse([BadArgumentError("These are more arguments than any request has.")])


def answer_to(query: QueryDict) -> bytes:
    """What the repository answers to the arguments of a request."""
    from harvest.provider.server import Provider

    return Provider().handleRequest(query)


def query_of(request: HttpRequest) -> QueryDict:
    """The arguments of a request.

    Not ``request.GET`` and ``request.POST``, which believe whatever charset the Content-Type names: some names
    of codecs make them fail. The protocol knows UTF-8 alone.
    """
    if request.method == "POST":
        return QueryDict(request.body, encoding="utf-8")
    return QueryDict(request.META.get("QUERY_STRING", ""), encoding="utf-8")
