"""Views: load, call one verb, answer."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from archive import uris
from archive.models import Agent, AgentName, Collection, Contribution, Document
from archive.models.document import State
from archive.negotiation import choose
from archive.representations import Renderer
from archive.serving import open_to_all, stored
from archive.web import finding
from archive.web.document_page import HTML, document_page, forms
from archive.web.responses import page

#: Documents that the home page shows.
RECENT = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is here."""
    public = Document.objects.public()
    return page(
        request,
        "archive_web/home.html",
        {
            "documents": public.count(),
            "agents": _public_agents().count(),
            "collections": _with_counts(Collection.objects.public().filter(parent=None)),
            "recent": finding.cards(public.order_by("-published_at", "-pk")[:RECENT]),
        },
    )


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """All public documents by date, or those that answer ``q``, best first."""
    typed = request.GET.get("q", "").strip() if finding.searchable() else ""
    number = _page_number(request)
    listing = finding.searched(typed, number) if typed else finding.listed(Document.objects.public(), number)
    return page(request, "archive_web/documents.html", {"q": typed, "listing": listing})


@open_to_all
def document(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """One document, in the form that the client likes best."""
    found = _public(request, identifier)
    if isinstance(found, HttpResponse):
        return found
    offers: dict[str, Renderer | None] = {
        HTML: None,
        **{renderer.media_type: renderer for renderer in forms(identifier)},
    }
    chosen = choose(request.headers.get("Accept", ""), list(offers))
    response: HttpResponseBase
    if chosen is None:
        response = _not_acceptable(identifier, [renderer for renderer in offers.values() if renderer])
    elif renderer := offers[chosen]:
        response = stored(request, identifier, renderer.format)
        response["Content-Location"] = f"{uris.document(identifier)}.{renderer.extension}"
    else:
        response = document_page(request, found)
    patch_vary_headers(response, ["Accept"])
    return response


@open_to_all
def document_as(request: HttpRequest, identifier: str, extension: str) -> HttpResponseBase:
    """One document in the form that its address names."""
    found = _public(request, identifier)
    if isinstance(found, HttpResponse):
        return found
    if extension == "html":
        return document_page(request, found)
    renderer = next((each for each in forms(identifier) if each.extension == extension), None)
    return stored(request, identifier, renderer.format) if renderer else not_found(request)


@require_safe
def agent(request: HttpRequest, identifier: str) -> HttpResponse:
    """A person, office or family that public documents name."""
    names = Prefetch("names", AgentName.objects.public())
    found = _public_agents().filter(identifier=identifier).prefetch_related(names).first()
    if found is None:
        return not_found(request)
    theirs = Document.objects.public().filter(contributions__agent=found).distinct()
    listing = finding.listed(theirs, _page_number(request))
    return page(request, "archive_web/agent.html", {"agent": found, "listing": listing, "uri": uris.agent(identifier)})


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """A public collection: what it is, what is in it, and where it belongs."""
    found = Collection.objects.public().select_related("parent").filter(slug=slug).first()
    if found is None:
        return not_found(request)
    context = {
        "collection": found,
        "children": _with_counts(Collection.objects.public().filter(parent=found)),
        "listing": finding.listed(Document.objects.public().filter(collections=found), _page_number(request)),
        "uri": uris.collection(slug),
    }
    return page(request, "archive_web/collection.html", context)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for what is not there; a site names it in ``handler404``."""
    return page(request, "archive_web/404.html", status=404)


def _public(request: HttpRequest, identifier: str) -> Document | HttpResponse:
    """A document that everybody may see, or the answer: gone if it was public once, else as if it had never been."""
    if found := Document.objects.public().filter(identifier=identifier).first():
        return found
    if Document.objects.filter(identifier=identifier, state=State.WITHDRAWN).exists():
        return page(request, "archive_web/410.html", status=410)
    return not_found(request)


def _not_acceptable(identifier: str, renderers: Iterable[Renderer]) -> HttpResponse:
    """406 with what there is instead (RFC 9110, section 15.5.7)."""
    address = uris.document(identifier)
    lines = [f"{address}.html  {HTML}", *(f"{address}.{each.extension}  {each.media_type}" for each in renderers)]
    text = "Not in any form that was asked for. There are:\n" + "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=406)


def _public_agents() -> QuerySet[Agent]:
    """The agents that public documents name; of any other, nothing is said."""
    public = Document.objects.public()
    return Agent.objects.filter(Exists(Contribution.objects.filter(agent=OuterRef("pk"), document__in=public)))


def _with_counts(collections: QuerySet[Collection]) -> QuerySet[Collection]:
    """Collections, each with the number of public documents in it as ``size``."""
    return collections.annotate(size=Count("documents", filter=Q(documents__in=Document.objects.public())))


def _page_number(request: HttpRequest) -> int:
    """The page asked for; anything that is no page is the first."""
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
