"""The endpoint: from HTTP to a question, and from an answer to HTTP (SPARQL 1.1 Protocol, section 2.1)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from archive.clients import client_of
from archive.lod.sparql import asking, copies, formats, pages, service
from archive.lod.sparql.asking import Asked
from archive.lod.sparql.formats import HTML, Format
from archive.lod.sparql.judging import RefusedError, judge
from archive.lod.sparql.places import BusyError, a_place
from archive.lod.sparql.running import Answer, Question, run
from archive.serving import TEXT, on_purpose

METHODS = ("GET", "HEAD", "POST", "OPTIONS")


@csrf_exempt  # clients POST without a cookie, and nothing can be changed here
def sparql(request: HttpRequest) -> HttpResponseBase:
    """The endpoint, for programs and for people; open to scripts of every other site (CORS)."""
    if copies.folder() is None:
        raise Http404("This site answers no SPARQL.")
    response: HttpResponseBase
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
        response["Access-Control-Allow-Headers"] = "Accept, Content-Type"
        response["Access-Control-Max-Age"] = "86400"
    elif request.method in METHODS:
        response = _answered(request)
        patch_vary_headers(response, ["Accept"])
    else:
        response = HttpResponseNotAllowed(METHODS)
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Retry-After, X-SPARQL-MaxRows"
    return response


def _answered(request: HttpRequest) -> HttpResponse:
    asked = None
    try:
        asked = asking.read(request)
        if asked is None:
            return _welcome(request)
        return _to_question(request, asked)
    except RefusedError as error:
        return on_purpose(_refused(request, asked, str(error), error.status))
    except BusyError as error:
        response = _refused(request, asked, str(error), 503)
        response["Retry-After"] = str(error.after)
        return on_purpose(response)


def _welcome(request: HttpRequest) -> HttpResponse:
    """What the endpoint is: a form for people, its description for programs."""
    chosen = formats.chosen(request.headers.get("Accept", ""), request.GET.get("format", ""), graph=True)
    if chosen is None:
        return HttpResponse(formats.listed(graph=True), content_type=TEXT, status=406)
    if chosen.media_type == HTML:
        return pages.form(request)
    content_type = f"{chosen.media_type}; charset=utf-8" if chosen.name == "ttl" else chosen.media_type
    return HttpResponse(service.description(chosen.notation), content_type=content_type)


def _to_question(request: HttpRequest, asked: Asked) -> HttpResponse:
    judged = judge(asked.query)
    chosen = formats.chosen(request.headers.get("Accept", ""), asked.format, graph=judged.graph)
    if chosen is None:
        return HttpResponse(formats.listed(graph=judged.graph), content_type=TEXT, status=406)
    answer = _run(request, asked, chosen)
    if chosen.media_type == HTML:
        return pages.result(request, asked, answer, graph=judged.graph)
    content_type = chosen.media_type
    if content_type.startswith("text/"):
        content_type += "; charset=utf-8"
    response = HttpResponse(answer.content, content_type=content_type)
    response["Cache-Control"] = "no-cache"
    if answer.cut:
        response["X-SPARQL-MaxRows"] = str(pages.rows_at_most())
    return response


def _run(request: HttpRequest, asked: Asked, chosen: Format) -> Answer:
    root, copy = copies.folder(), copies.current()
    if root is None or copy is None:
        raise BusyError("The store is being written.", after=30)
    question = Question(
        query=asked.query,
        notation=chosen.notation,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
    with a_place(root, client_of(request)) as place:
        return run(question, copy, place=place)


def _refused(request: HttpRequest, asked: Asked | None, message: str, status: int) -> HttpResponse:
    """Why there is no answer: in the form, for whom it is."""
    accept, name = request.headers.get("Accept", ""), asked.format if asked else ""
    chosen = formats.chosen(accept, name, graph=False)
    if chosen is not None and chosen.media_type == HTML:
        return pages.form(request, asked, message, status=status)
    return HttpResponse(f"{message}\n", content_type=TEXT, status=status)
