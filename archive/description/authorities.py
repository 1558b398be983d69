"""Records of agents, places, concepts and so on: everything that is said of each, the way descriptions do.

Only of those that everybody may know: public documents name them, or are in them; and what they name is public too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from archive import uris
from archive.description.parts import LanguageString, LinkDescription
from archive.models import (
    Agent,
    AgentName,
    AuthorityLink,
    Collection,
    Concept,
    ConceptLabel,
    ConceptScheme,
    Place,
    PlaceName,
)
from archive.naming import publicly_named


@dataclass(frozen=True, slots=True)
class NameRecord:
    """A further name; ``kind`` as in archive.models.agent.NameKind and archive.models.concept.LabelKind."""

    value: str
    language: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class AgentRecord:
    """A person, a corporate body or a family; ``dates`` in EDTF."""

    key: int
    identifier: str
    uri: str
    kind: str
    name: str
    dates: str
    names: tuple[NameRecord, ...]
    links: tuple[LinkDescription, ...]
    sets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A place; degrees in WGS 84, ``broader`` the URI of a public one."""

    key: int
    identifier: str
    uri: str
    name: str
    feature: str
    latitude: str
    longitude: str
    broader: str
    names: tuple[NameRecord, ...]
    links: tuple[LinkDescription, ...]
    sets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConceptRecord:
    """A concept; ``broader``, ``narrower`` and ``related`` are the URIs of public ones."""

    key: int
    identifier: str
    uri: str
    name: str
    notation: str
    #: URI of the scheme, and its title.
    scheme: str
    scheme_title: str
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    related: tuple[str, ...]
    names: tuple[NameRecord, ...]
    links: tuple[LinkDescription, ...]
    sets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CollectionRecord:
    """A collection; ``parent`` and ``children`` are URIs of public ones."""

    key: int
    identifier: str
    uri: str
    title: LanguageString
    description: str
    parent: str
    children: tuple[str, ...]
    sets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemeRecord:
    """A concept scheme. Each concept says that it is in it: there can be any number.

    ``owner`` is the address of the vocabulary at somebody else's, empty where it is the archive's own.
    """

    key: int
    identifier: str
    uri: str
    title: str
    description: str
    owner: str
    sets: tuple[str, ...] = ()


Record = AgentRecord | PlaceRecord | ConceptRecord | CollectionRecord | SchemeRecord


def public_agents(keys: Iterable[int]) -> set[int]:
    """Those of some agents that everybody may know of, by primary key."""
    return set(publicly_named(Agent.objects.filter(pk__in=list(keys), merged_into=None)).values_list("pk", flat=True))


def public_places(keys: Iterable[int]) -> set[int]:
    """Those of some places that everybody may know of."""
    return set(publicly_named(Place.objects.filter(pk__in=list(keys), merged_into=None)).values_list("pk", flat=True))


def public_concepts(keys: Iterable[int]) -> set[int]:
    """Those of some concepts that everybody may know of."""
    return set(publicly_named(Concept.objects.filter(pk__in=list(keys), merged_into=None)).values_list("pk", flat=True))


def public_collections(keys: Iterable[int]) -> set[int]:
    """Those of some collections that everybody may know of."""
    return set(Collection.objects.public().filter(pk__in=list(keys)).values_list("pk", flat=True))


def public_schemes(keys: Iterable[int]) -> set[int]:
    """Those of some concept schemes that everybody may know of: a public document names a concept of theirs."""
    named = publicly_named(Concept.objects.filter(scheme=OuterRef("pk"), merged_into=None))
    return set(ConceptScheme.objects.filter(Exists(named), pk__in=list(keys)).values_list("pk", flat=True))


def describe_agents(keys: Iterable[int]) -> list[AgentRecord]:
    """The records of agents; those that nobody may know of are passed over. Four queries for however many."""
    found = list(Agent.objects.filter(pk__in=public_agents(keys)).order_by("pk"))
    names = _grouped(AgentName.objects.public().filter(agent__in=found).order_by("value"), "agent_id")
    links = _links("agent", found)
    return [
        AgentRecord(
            key=each.pk,
            identifier=each.identifier,
            uri=uris.agent(each.identifier),
            kind=each.kind,
            name=each.name,
            dates=each.dates,
            names=tuple(NameRecord(n.value, n.language, n.kind) for n in names.get(each.pk, ())),
            links=links.get(each.pk, ()),
        )
        for each in found
    ]


def describe_places(keys: Iterable[int]) -> list[PlaceRecord]:
    """The records of places; those that nobody may know of are passed over."""
    found = list(Place.objects.filter(pk__in=public_places(keys)).select_related("broader").order_by("pk"))
    names = _grouped(PlaceName.objects.filter(place__in=found).order_by("value"), "place_id")
    links = _links("place", found)
    wider = public_places(each.broader_id for each in found if each.broader_id)
    return [
        PlaceRecord(
            key=each.pk,
            identifier=each.identifier,
            uri=uris.place(each.identifier),
            name=each.name,
            feature=each.feature,
            latitude="" if each.latitude is None else f"{each.latitude.normalize():f}",
            longitude="" if each.longitude is None else f"{each.longitude.normalize():f}",
            broader=uris.place(each.broader.identifier) if each.broader and each.broader_id in wider else "",
            names=tuple(NameRecord(n.value, n.language) for n in names.get(each.pk, ())),
            links=links.get(each.pk, ()),
        )
        for each in found
    ]


def describe_concepts(keys: Iterable[int]) -> list[ConceptRecord]:
    """The records of concepts; those that nobody may know of are passed over, and so are hidden labels."""
    rows = Concept.objects.filter(pk__in=public_concepts(keys)).select_related("scheme").order_by("pk")
    found = list(rows.prefetch_related("broader", "narrower", "related"))
    labels = ConceptLabel.objects.filter(concept__in=found).exclude(kind=ConceptLabel.Kind.HIDDEN)
    names = _grouped(labels.order_by("kind", "value"), "concept_id")
    links = _links("concept", found)
    around = {n.pk for each in found for n in (*each.broader.all(), *each.narrower.all(), *each.related.all())}
    shown = public_concepts(around)

    def those(concepts: Iterable[Concept]) -> tuple[str, ...]:
        return tuple(sorted(uris.concept(each.identifier) for each in concepts if each.pk in shown))

    return [
        ConceptRecord(
            key=each.pk,
            identifier=each.identifier,
            uri=uris.concept(each.identifier),
            name=each.name,
            notation=each.notation,
            scheme=uris.scheme(each.scheme.slug),
            scheme_title=each.scheme.title,
            broader=those(each.broader.all()),
            narrower=those(each.narrower.all()),
            related=those(each.related.all()),
            names=tuple(NameRecord(n.value, n.language, n.kind) for n in names.get(each.pk, ())),
            links=links.get(each.pk, ()),
        )
        for each in found
    ]


def describe_collections(keys: Iterable[int]) -> list[CollectionRecord]:
    """The records of collections; those that nobody may know of are passed over."""
    found = list(Collection.objects.public().filter(pk__in=list(keys)).select_related("parent").order_by("pk"))
    below: dict[int, list[str]] = {}
    for child in Collection.objects.public().filter(parent__in=found).order_by("slug"):
        below.setdefault(child.parent_id or 0, []).append(uris.collection(child.slug))
    return [
        CollectionRecord(
            key=each.pk,
            identifier=each.slug,
            uri=uris.collection(each.slug),
            title=LanguageString(each.title),
            description=each.description,
            parent=uris.collection(each.parent.slug) if each.parent else "",
            children=tuple(below.get(each.pk, ())),
        )
        for each in found
    ]


def describe_schemes(keys: Iterable[int]) -> list[SchemeRecord]:
    """The records of concept schemes; those that nobody may know of are passed over."""
    return [
        SchemeRecord(
            key=each.pk,
            identifier=each.slug,
            uri=uris.scheme(each.slug),
            title=each.title,
            description=each.description,
            owner=each.uri,
        )
        for each in ConceptScheme.objects.filter(pk__in=public_schemes(keys)).order_by("pk")
    ]


def _grouped(rows: Iterable[Any], column: str) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return found


def _links(kind: str, things: Iterable[Any]) -> dict[int, tuple[LinkDescription, ...]]:
    """The accepted links, by the primary key of what they are of."""
    accepted = AuthorityLink.objects.filter(**{f"{kind}__in": things}, status=AuthorityLink.Status.ACCEPTED)
    rows = _grouped(accepted.order_by("uri"), f"{kind}_id")
    return {pk: tuple(LinkDescription(each.uri, each.relation) for each in links) for pk, links in rows.items()}
