"""The view: from HTTP to a query, and from an answer to HTTP (OAI-PMH 2.0, section 3.1)."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from archive.serving import busy
from harvest.provider import encodings, load, pages

if TYPE_CHECKING:  # pyoai takes a quarter of a second, which workers and commands never need
    from harvest.provider.answers import Answer

FORM = "application/x-www-form-urlencoded"
LISTS = frozenset({"ListRecords", "ListIdentifiers"})
VARY = "Accept, Accept-Encoding"


@csrf_exempt  # harvesters POST without a cookie, and nothing can be changed here
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponseBase:
    """The repository: a page for whoever opens it in a browser, XML for everybody else.

    Errors of the protocol are answers with status 200, as it wants them.
    """
    try:
        load.throttle(request)
        response = _page(request) or answered(request)
    except load.BusyError as refusal:
        response = _busy(refusal)
    if request.method == "HEAD":
        response.content = b""
    if response.has_header("Vary"):
        patch_vary_headers(response, VARY.split(", "))
    else:
        response["Vary"] = VARY
    return response


def _page(request: HttpRequest) -> HttpResponse | None:
    """The page, where one is wanted and can be made; None leaves it to the XML to say what is wrong."""
    if not pages.wanted(request):
        return None
    try:
        query = query_of(request)
        with load.a_list_in_work() if query.get("verb") in LISTS else nullcontext():
            return pages.page(request, lambda asked: answer_to(request, asked).body)
    except TooManyFieldsSent:
        return None


def answered(request: HttpRequest) -> HttpResponse:
    """What the repository answers, or that the client has it already."""
    try:
        query: QueryDict | None = query_of(request)
    except TooManyFieldsSent:
        query = None
    listing = query is not None and query.get("verb") in LISTS
    with load.a_list_in_work() if listing else nullcontext():
        answer = answer_to(request, query)
        etag, changed = answer.etag, answer.last_modified
        response = HttpResponse(content_type="text/xml; charset=utf-8")
        if etag:
            response["ETag"] = etag
        if changed:
            response["Last-Modified"] = http_date(changed.timestamp())
        # Without this, caches would guess from Last-Modified for how long an answer is good.
        response["Cache-Control"] = "no-cache"
        if etag and request.method != "POST" and (spared := _spared(request, response, answer)):
            return spared
        body, encoding = encodings.encoded(answer.body, request.META.get("HTTP_ACCEPT_ENCODING", ""))
    if encoding:
        response["Content-Encoding"] = encoding
    response.content = body
    response["Content-Length"] = str(len(body))
    return response


def _spared(request: HttpRequest, response: HttpResponse, answer: Answer) -> HttpResponse | None:
    """304, where the client says that it has this answer (RFC 9110, section 13)."""
    changed = int(answer.last_modified.timestamp()) if answer.last_modified else None
    spared = get_conditional_response(request, etag=answer.etag, last_modified=changed, response=response)
    return spared if isinstance(spared, HttpResponse) and spared is not response else None


def _busy(refusal: load.BusyError) -> HttpResponse:
    response = busy(f"{refusal} Please come again in {refusal.after} seconds.\n", after=refusal.after)
    response["Content-Length"] = str(len(response.content))
    return response


def answer_to(request: HttpRequest, query: QueryDict | None) -> Answer:
    """The answer to a query; None is one with more arguments than Django takes."""
    # Imported with the first request, for pyoai's sake.
    from harvest.provider.errors import BadArgumentError
    from harvest.provider.server import Provider

    provider = Provider()
    if request.method == "POST" and request.content_type != FORM:
        return provider.refuse([BadArgumentError(f"The body of a POST request must be of the type {FORM}.")])
    if request.method == "POST" and request.META.get("QUERY_STRING"):
        return provider.refuse([BadArgumentError("The arguments of a POST request stand in its body alone.")])
    if query is None:
        return provider.refuse([BadArgumentError("These are more arguments than any request has.")])
    return provider.handleRequest(query)


def query_of(request: HttpRequest) -> QueryDict:
    """The arguments of a request.

    Not ``request.GET`` and ``request.POST``, which believe whatever charset the Content-Type names: some names
    of codecs make them fail. The protocol knows UTF-8 alone.
    """
    if request.method == "POST":
        return QueryDict(request.body, encoding="utf-8")
    return QueryDict(request.META.get("QUERY_STRING", ""), encoding="utf-8")
