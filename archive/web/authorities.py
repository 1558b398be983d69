"""Pages of agents, places and concepts: only of those that public documents name, of any other nothing is said."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from archive import schema_org, uris
from archive.models import Agent, AgentName, AuthorityLink, Concept, ConceptLabel, Kind, Place
from archive.naming import documents_naming, kind_of, publicly_named, successor
from archive.serving import open_to_all
from archive.web import finding
from archive.web.forms import answered
from archive.web.panels import Link
from archive.web.responses import not_found, page, page_number

URIS = {"agent": uris.agent, "place": uris.place, "concept": uris.concept}


@open_to_all
def agent(request: HttpRequest, identifier: str, extension: str = "") -> HttpResponseBase:
    """A person, office or family."""
    return _answer(request, Agent, identifier, extension)


@open_to_all
def place(request: HttpRequest, identifier: str, extension: str = "") -> HttpResponseBase:
    """A place, with those around it and within it that public documents name too."""
    return _answer(request, Place, identifier, extension)


@open_to_all
def concept(request: HttpRequest, identifier: str, extension: str = "") -> HttpResponseBase:
    """A concept, with the broader, narrower and related ones that public documents name too."""
    return _answer(request, Concept, identifier, extension)


def _answer(
    request: HttpRequest, model: type[Agent] | type[Place] | type[Concept], identifier: str, extension: str
) -> HttpResponseBase:
    """The thing in one of its forms, or the way to the one that took its place."""
    asked = model._default_manager.filter(identifier=identifier).first()
    if asked is None:
        return not_found(request)
    found = successor(asked)
    if not publicly_named(model._default_manager.filter(pk=found.pk)).exists():
        return not_found(request)
    kind = kind_of(model)
    uri = URIS[kind](found.identifier)
    if found != asked:
        response = HttpResponsePermanentRedirect(f"{uri}.{extension}" if extension else uri)
        # A merge can be undone: a browser may remember where the address leads, and must ask each time.
        response["Cache-Control"] = "no-cache"
        return response

    def shown(forms: list[Link]) -> HttpResponse:
        context = {
            kind: found,
            "uri": uri,
            "forms": forms,
            "schema": _schema(found, uri),
            "names": _names(found),
            "links": found.links.filter(status=AuthorityLink.Status.ACCEPTED),
            "around": _around(found),
            "listing": finding.listed(documents_naming(found).public(), page_number(request)),
        }
        return page(request, f"archive_web/{kind}.html", context)

    return answered(request, Kind(kind), found.identifier, uri, extension, shown)


def _names(authority: Agent | Place | Concept) -> QuerySet[Any]:
    """The further names that everybody may see; hidden labels are for finding alone (SKOS, section 5.1)."""
    if isinstance(authority, Concept):
        return authority.labels.exclude(kind=ConceptLabel.Kind.HIDDEN)
    return AgentName.objects.public().filter(agent=authority) if isinstance(authority, Agent) else authority.names.all()


def _around(authority: Agent | Place | Concept) -> list[tuple[str, QuerySet[Any]]]:
    """The wider, narrower and related ones that have pages too."""
    if isinstance(authority, Place):
        wider = Place.objects.current().filter(pk=authority.broader_id)
        around = [("Within", wider), ("Places within it", authority.narrower.current())]
    elif isinstance(authority, Concept):
        around = [
            ("Broader", authority.broader.current()),
            ("Narrower", authority.narrower.current()),
            ("Related", authority.related.current()),
        ]
    else:
        return []
    return [(label, publicly_named(found)) for label, found in around]


def _schema(found: Agent | Place | Concept, uri: str) -> dict[str, Any]:
    """The thing in schema.org."""
    accepted = found.links.filter(status=AuthorityLink.Status.ACCEPTED, relation=AuthorityLink.Relation.EXACT)
    more = {
        "alternateName": list(_names(found).values_list("value", flat=True)),
        "sameAs": list(accepted.values_list("uri", flat=True)),
    }
    if isinstance(found, Agent):
        return schema_org.thing(schema_org.agent_type(found.kind), uri, found.name, **more)
    if isinstance(found, Concept):
        return schema_org.thing("DefinedTerm", uri, found.name, termCode=found.notation, **more)
    where = {"@type": "GeoCoordinates", "latitude": str(found.latitude), "longitude": str(found.longitude)}
    return schema_org.thing("Place", uri, found.name, geo=where if found.latitude is not None else None, **more)
