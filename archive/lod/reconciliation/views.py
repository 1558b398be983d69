"""Views: load, ask, answer; open to every origin (Reconciliation Service API 0.2, section 3.1)."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt

from archive.clients import size_told
from archive.lod.reconciliation import service
from archive.lod.reconciliation.asking import MOST, BadRequestError, Query, extension, queries
from archive.lod.reconciliation.finding import candidates, suggestions
from archive.lod.reconciliation.properties import MODELS, things_by_id
from archive.naming import documents_naming
from archive.serving import TEXT

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
#: Bytes of a request. A batch of fifty names takes some ten thousand.
SIZE = 512 * 1024
CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,100}")
PREVIEW_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
View = Callable[[HttpRequest], HttpResponse]


def _open(view: View) -> View:
    """Let a view be asked by GET and POST from pages of every other site, and tell what was wrong with a request."""

    @csrf_exempt  # nothing can be changed here
    @functools.wraps(view)
    def wrapper(request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
            response["Access-Control-Allow-Headers"] = "Accept, Content-Type"
            response["Access-Control-Max-Age"] = "86400"
        elif request.method not in METHODS:
            response = HttpResponseNotAllowed(METHODS)
        else:
            try:
                response = view(request)
            except BadRequestError as error:
                response = HttpResponse(f"{error}\n", content_type=TEXT, status=400)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return wrapper


@_open
def reconcile(request: HttpRequest) -> HttpResponse:
    """The manifest, the candidates of a batch of queries, or values of things."""
    given = _given(request)
    if "queries" in given:
        asked = queries(given["queries"])
        found = candidates(asked)
        return _json(request, {key: {"result": [service.candidate(each) for each in found[key]]} for key in asked})
    if "extend" in given:
        wanted = extension(given["extend"])
        return _json(request, service.extended(wanted, things_by_id(wanted.ids)))
    if request.method == "POST":
        raise BadRequestError("The request has neither queries nor extend.")
    return _json(request, service.manifest())


@_open
def suggest_entity(request: HttpRequest) -> HttpResponse:
    """Things whose names are like what was typed."""
    prefix, cursor = _prefix(request), _number(request, "cursor")
    found = suggestions(Query(prefix, types=tuple(request.GET.getlist("type")), limit=MOST))
    return _json(request, {"result": [service.suggestion(each) for each in found[cursor:]]})


@_open
def suggest_type(request: HttpRequest) -> HttpResponse:
    """Types whose names begin with what was typed."""
    return _json(request, {"result": service.suggested_types(_prefix(request))[_number(request, "cursor") :]})


@_open
def suggest_property(request: HttpRequest) -> HttpResponse:
    """Properties whose names begin with what was typed."""
    return _json(request, {"result": service.suggested_properties(_prefix(request))[_number(request, "cursor") :]})


@_open
def propose_properties(request: HttpRequest) -> HttpResponse:
    """What can be told of things of a type."""
    limit = _number(request, "limit") or None
    return _json(request, service.proposal(request.GET.get("type", ""), limit))


@_open
def view(request: HttpRequest) -> HttpResponse:
    """The way to a thing by its id: a parameter, because clients may write the slash of an id as ``%2F``."""
    found = things_by_id([request.GET.get("id", "")])
    for thing in found.values():
        return HttpResponseRedirect(thing.uri)
    return _nothing()


@xframe_options_exempt
@_open
def preview(request: HttpRequest) -> HttpResponse:
    """A few words on a thing, for a small frame in the page of another site (section 5)."""
    for thing in things_by_id([request.GET.get("id", "")]).values():
        context = {
            "thing": thing,
            "names": sorted(thing.shown - {thing.name})[:6],
            "type": thing.types[-1]["name"],
            "documents": documents_naming(MODELS[thing.kind]._default_manager.get(pk=thing.pk)).public().count(),
        }
        response = render(request, "archive_lod/preview.html", context)
        response["Content-Security-Policy"] = PREVIEW_POLICY
        return response
    return _nothing()


def _nothing() -> HttpResponse:
    return HttpResponse("There is no such agent, place or concept.\n", content_type=TEXT, status=404)


def _given(request: HttpRequest) -> dict[str, str]:
    """The parameters of a request, wherever they stand.

    :raises BadRequestError: it is too large.
    """
    if size_told(request) > SIZE:
        raise BadRequestError(f"The request has more than {SIZE} bytes; send smaller batches.")
    try:
        return {**request.GET.dict(), **(request.POST.dict() if request.method == "POST" else {})}
    except TooManyFieldsSent:
        raise BadRequestError("The request has too many parameters.") from None


def _prefix(request: HttpRequest) -> str:
    return request.GET.get("prefix", "")[:200]


def _number(request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0


def _json(request: HttpRequest, answer: dict[str, Any]) -> HttpResponse:
    """JSON, or a script that calls a function with it, as old clients ask for (section 3.1.2)."""
    callback = request.GET.get("callback", "")
    response = JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-cache"
    if not callback:
        return response
    if not CALLBACK.fullmatch(callback):
        raise BadRequestError("The callback is no name of a function.")
    script = HttpResponse(f"/**/{callback}({response.content.decode()});", content_type="text/javascript")
    script["X-Content-Type-Options"] = "nosniff"
    return script
