"""Pages of agents, places and concepts: only of those that public documents name, of any other nothing is said."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from archive import schema_org, uris
from archive.models import Agent, AgentName, AuthorityLink, Concept, ConceptLabel, Kind, Place
from archive.naming import kind_of, publicly_named, successor
from archive.serving import open_to_all
from archive.web import finding, groups
from archive.web.browsing.places import one_on_the_map
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
        return page(request, f"archive_web/{kind}.html", _context(request, found, uri, forms))

    return answered(request, Kind(kind), found.identifier, uri, extension, shown)


def _context(request: HttpRequest, found: Agent | Place | Concept, uri: str, forms: list[Link]) -> dict[str, Any]:
    """What the page says: of the thing, and of the documents that name it, by the part that it has in them."""
    names, links = list(_names(found)), list(found.links.filter(status=AuthorityLink.Status.ACCEPTED))
    part = groups.part_called(type(found), request.GET.get("part", ""))
    held = [] if part else groups.groups(found)
    whole = part or (held[0].part if len(held) == 1 else None)
    return {
        kind_of(type(found)): found,
        "uri": uri,
        "forms": forms,
        "schema": _schema(found, uri, names, links),
        "names": names,
        "links": links,
        "around": _around(found),
        "map": one_on_the_map(found) if isinstance(found, Place) else None,
        "part": part,
        "groups": held,
        "search": groups.search(found, part) if part else "",
        "listing": finding.listed(groups.documents(found, whole), page_number(request)) if whole else None,
    }


def _names(authority: Agent | Place | Concept) -> QuerySet[Any]:
    """The further names that everybody may see; hidden labels are for finding alone (SKOS, section 5.1)."""
    if isinstance(authority, Concept):
        return authority.labels.exclude(kind=ConceptLabel.Kind.HIDDEN)
    return AgentName.objects.public().filter(agent=authority) if isinstance(authority, Agent) else authority.names.all()


def _around(authority: Agent | Place | Concept) -> list[tuple[Any, QuerySet[Any]]]:
    """The wider, narrower and related ones that have pages too."""
    if isinstance(authority, Place):
        wider = Place.objects.current().filter(pk=authority.broader_id)
        around = [(_("Within"), wider), (_("Places within it"), authority.narrower.current())]
    elif isinstance(authority, Concept):
        around = [
            (_("Broader"), authority.broader.current()),
            (_("Narrower"), authority.narrower.current()),
            (_("Related"), authority.related.current()),
        ]
    else:
        return []
    return [(label, publicly_named(found)) for label, found in around]


def _schema(found: Agent | Place | Concept, uri: str, names: list[Any], links: list[AuthorityLink]) -> dict[str, Any]:
    """The thing in schema.org."""
    more = {
        "description": found.note,
        "alternateName": [each.value for each in names],
        "sameAs": [each.uri for each in links if each.relation == AuthorityLink.Relation.EXACT],
    }
    if isinstance(found, Agent):
        return schema_org.thing(schema_org.agent_type(found.kind), uri, found.name, **more)
    if isinstance(found, Concept):
        return schema_org.thing("DefinedTerm", uri, found.name, termCode=found.notation, **more)
    where = {"@type": "GeoCoordinates", "latitude": str(found.latitude), "longitude": str(found.longitude)}
    return schema_org.thing("Place", uri, found.name, geo=where if found.latitude is not None else None, **more)
