"""Views: load, call one verb, answer."""

from __future__ import annotations

from django.db.models import F, FilteredRelation, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from archive import schema_org, uris
from archive.citations import STYLES
from archive.models import Collection, Document, Kind
from archive.models.document import State
from archive.negotiation import choose
from archive.representations import Renderer, registry
from archive.serving import open_to_all, stored
from archive.web import finding
from archive.web.browsing.collections import counted, within
from archive.web.document_page import cited, document_page, forms, linked
from archive.web.forms import HTML, answered, not_acceptable
from archive.web.panels import Link
from archive.web.responses import not_found, page, page_number
from archive.web.searching import Asked, fields, searched
from archive.web.signposting import LINKSET, LINKSET_JSON

#: What is stored and was not taken back is public: it can be sent without asking for anything else.
_SENT = frozenset({200, 304})


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """All public documents by date, or those that answer ``q``, best first."""
    asked = Asked.of(request.GET, page_number(request))
    listing = searched(asked) if asked else finding.by_date(Document.objects.public(), asked.page)
    context = {"q": asked.typed, "asked": asked, "listing": listing, "fields": fields()}
    return page(request, "archive_web/documents.html", context)


@open_to_all
def document(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """One document, in the form that the client likes best."""
    if (known := _known(request)) is not None:
        sent = stored(request, identifier, known.format)
        if sent.status_code in _SENT:
            sent["Content-Location"] = f"{uris.document(identifier)}.{known.extension}"
            patch_vary_headers(sent, ["Accept"])
            return sent
    public = _public(request, identifier)
    if isinstance(public, HttpResponse):
        return public
    found, formats = public
    offers: dict[str, Renderer | None] = {
        HTML: None,
        **{renderer.media_type: renderer for renderer in forms(formats)},
    }
    styles = {style.media_type: style for style in STYLES}
    chosen = choose(request.headers.get("Accept", ""), [*offers, *styles])
    response: HttpResponseBase
    if chosen in styles:
        response = cited(found, styles[chosen])
        response["Content-Location"] = f"{uris.document(identifier)}.{styles[chosen].extension}"
    elif chosen is None:
        response = not_acceptable(uris.document(identifier), [renderer for renderer in offers.values() if renderer])
    elif renderer := offers[chosen]:
        response = stored(request, identifier, renderer.format)
        response["Content-Location"] = f"{uris.document(identifier)}.{renderer.extension}"
    else:
        response = document_page(request, found, formats)
        response["Content-Location"] = f"{uris.document(identifier)}.html"
    patch_vary_headers(response, ["Accept"])
    return response


@open_to_all
def document_as(request: HttpRequest, identifier: str, extension: str) -> HttpResponseBase:
    """One document in the form that its address names."""
    if known := next((each for each in registry.negotiable() if each.extension == extension), None):
        response = stored(request, identifier, known.format)
        if response.status_code in _SENT:
            return response
    public = _public(request, identifier)
    if isinstance(public, HttpResponse):
        return public
    found, formats = public
    if extension == "html":
        return document_page(request, found, formats)
    if style := next((each for each in STYLES if each.extension == extension), None):
        return cited(found, style)
    renderer = next((each for each in forms(formats) if each.extension == extension), None)
    return stored(request, identifier, renderer.format) if renderer else not_found(request)


@open_to_all
def linkset(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """Everything that the page of a document leads to (RFC 9264)."""
    public = _public(request, identifier)
    if isinstance(public, HttpResponse):
        return public
    chosen = choose(request.headers.get("Accept", ""), [LINKSET_JSON, LINKSET, "application/json", HTML])
    response = linked(*public, as_text=chosen == LINKSET)
    patch_vary_headers(response, ["Accept"])
    return response


@open_to_all
def collection(request: HttpRequest, slug: str, extension: str = "") -> HttpResponseBase:
    """A public collection: what it is, what is in it, and where it belongs."""
    found = Collection.objects.public().select_related("parent").filter(slug=slug).first()
    if found is None:
        return not_found(request)
    uri = uris.collection(slug)
    return answered(request, Kind.COLLECTION, slug, uri, extension, lambda forms: _collection(request, found, forms))


def _collection(request: HttpRequest, found: Collection, forms: list[Link]) -> HttpResponse:
    held = Document.collections.through.objects.filter(collection__in=within(found))
    documents = Document.objects.public().filter(pk__in=held.values("document"))
    context = {
        "collection": found,
        "forms": forms,
        "schema": schema_org.thing(
            "Collection", uris.collection(found.slug), found.title, description=found.description
        ),
        "children": counted(Collection.objects.public().filter(parent=found)),
        "listing": finding.by_date(documents, page_number(request)),
        "uri": uris.collection(found.slug),
    }
    return page(request, "archive_web/collection.html", context)


def _known(request: HttpRequest) -> Renderer | None:
    """The stored form that a client likes best of all that there can be; None where it likes another better."""
    offers: dict[str, Renderer | None] = {HTML: None, **{each.media_type: each for each in registry.negotiable()}}
    styles = [style.media_type for style in STYLES]
    return offers.get(choose(request.headers.get("Accept", ""), [*offers, *styles]) or "")


def _public(request: HttpRequest, identifier: str) -> tuple[Document, frozenset[str]] | HttpResponse:
    """A document that everybody may see, and the formats in which it is stored; else the answer.

    That is gone if it was public once, and otherwise as if it had never been.
    """
    stored_as = FilteredRelation("representations", condition=Q(representations__withdrawn=False))
    found = Document.objects.public().filter(identifier=identifier).order_by().only("identifier", "state")
    rows = list(found.annotate(stored=stored_as, format=F("stored__format")))
    if rows:
        return rows[0], frozenset(row.format for row in rows if row.format)  # type: ignore[attr-defined]  # annotated
    if Document.objects.filter(identifier=identifier, state=State.WITHDRAWN).exists():
        return page(request, "archive_web/410.html", status=410)
    return not_found(request)
