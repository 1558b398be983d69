"""The view: from HTTP to a query, and from an answer to HTTP (OAI-PMH 2.0, section 3.1)."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from archive.serving import busy, patient
from harvest.provider import encodings, load, pages, queries
from harvest.provider.queries import Query

if TYPE_CHECKING:  # pyoai takes a quarter of a second, which workers and commands never need
    from harvest.provider.answers import Answer
    from harvest.provider.server import Provider

FORM = "application/x-www-form-urlencoded"
XML = "text/xml; charset=utf-8"
LISTS = frozenset({"ListRecords", "ListIdentifiers"})
VARY = "Accept, Accept-Encoding"


@csrf_exempt  # harvesters POST without a cookie, and nothing can be changed here
@require_http_methods(["GET", "HEAD", "POST"])
@patient
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
    return response


def _page(request: HttpRequest) -> HttpResponse | None:
    """The page, where one is wanted and can be made; None leaves it to the XML to say what is wrong."""
    if not pages.wanted(request):
        return None
    query = query_of(request)
    if query is None:
        return None
    with _place_for(query):
        response = pages.page(request, lambda asked: answer_to(request, asked).body)
    patch_vary_headers(response, VARY.split(", "))
    return response


def answered(request: HttpRequest) -> HttpResponse:
    """What the repository answers, or that the client has it already."""
    query = query_of(request)
    with _place_for(query):
        answer = answer_to(request, query)
        # Without this, caches would guess from Last-Modified for how long an answer is good.
        headers = {"Cache-Control": "no-cache", "Vary": VARY}
        if answer.etag:
            headers |= _validators(answer)
            if request.method != "POST" and (spared := _spared(request, headers, answer)):
                return spared
        body, encoding = encodings.encoded(answer.body, request.META.get("HTTP_ACCEPT_ENCODING", ""))
    if encoding:
        headers["Content-Encoding"] = encoding
    headers["Content-Length"] = str(len(body))
    return HttpResponse(body, content_type=XML, headers=headers)


def _place_for(query: Query | None) -> AbstractContextManager[None]:
    """A place among the lists in work, for a query that asks for one."""
    return load.ListInWork() if query and not LISTS.isdisjoint(query.get("verb", ())) else nullcontext()


def _validators(answer: Answer) -> dict[str, str]:
    told = {"ETag": str(answer.etag)}
    if answer.last_modified:
        told["Last-Modified"] = http_date(answer.last_modified.timestamp())
    return told


def _spared(request: HttpRequest, headers: dict[str, str], answer: Answer) -> HttpResponse | None:
    """304, where the client says that it has this answer (RFC 9110, section 13)."""
    response = HttpResponse(content_type=XML, headers=headers)
    changed = int(answer.last_modified.timestamp()) if answer.last_modified else None
    spared = get_conditional_response(request, etag=answer.etag, last_modified=changed, response=response)
    return spared if isinstance(spared, HttpResponse) and spared is not response else None


def _busy(refusal: load.BusyError) -> HttpResponse:
    response = busy(f"{refusal} Please come again in {refusal.after} seconds.\n", after=refusal.after)
    response["Content-Length"] = str(len(response.content))
    response["Vary"] = VARY
    return response


def answer_to(request: HttpRequest, query: Query | None) -> Answer:
    """The answer to a query; None is one with more arguments than Django takes."""
    wrong = _wrong_with(request)
    if query is not None and not wrong:
        return _provider()().handleRequest(query)
    from harvest.provider.errors import BadArgumentError

    return _provider()().refuse([BadArgumentError(wrong or "These are more arguments than any request has.")])


@cache  # an import that finds its module there still takes as long as reading the query
def _provider() -> type[Provider]:
    """The provider, imported with the first request, for pyoai's sake."""
    from harvest.provider.server import Provider

    return Provider


def _wrong_with(request: HttpRequest) -> str:
    """What is wrong with how a request brings its arguments, whatever they are; empty for nothing."""
    if request.method != "POST":
        return ""
    if request.content_type != FORM:
        return f"The body of a POST request must be of the type {FORM}."
    return "The arguments of a POST request stand in its body alone." if request.META.get("QUERY_STRING") else ""


def query_of(request: HttpRequest) -> Query | None:
    """The arguments of a request; None where there are more than Django takes.

    Not ``request.GET`` and ``request.POST``, which believe whatever charset the Content-Type names: some names
    of codecs make them fail.
    """
    try:
        return queries.read(request.body if request.method == "POST" else request.META.get("QUERY_STRING", ""))
    except ValueError:
        return None
