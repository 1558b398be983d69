"""Properties: what things are, and what can be told of them; only of those that are public."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from archive import uris
from archive.models import Agent, AgentName, AuthorityLink, Concept, ConceptLabel, Place, PlaceName
from archive.models.identifiers import PATTERN
from archive.naming import documents_naming, publicly_named

#: Types by their id, and the kind that each is of.
TYPES = {
    "Agent": ("agent", "Agent"),
    "Person": ("agent", "Person"),
    "CorporateBody": ("agent", "Corporate body"),
    "Family": ("agent", "Family"),
    "Place": ("place", "Place"),
    "Concept": ("concept", "Concept"),
}
AGENT_TYPES = {"person": "Person", "corporate_body": "CorporateBody", "family": "Family"}
MODELS: dict[str, type[Agent] | type[Place] | type[Concept]] = {"agent": Agent, "place": Place, "concept": Concept}
URIS = {"agent": uris.agent, "place": uris.place, "concept": uris.concept}


@dataclass(frozen=True, slots=True)
class Thing:
    """A public agent, place or concept. Two are the same that have the same ``id``: ``agents/abc``."""

    id: str
    kind: str = field(compare=False)
    pk: int = field(compare=False)
    identifier: str = field(compare=False)
    name: str = field(compare=False)
    #: The finest type, of those in ``TYPES``.
    type: str = field(compare=False)
    #: A few words that tell it from others of the name.
    description: str = field(compare=False)
    #: Names by which it may be found; ``shown`` are those that may be told as well.
    names: frozenset[str] = field(compare=False)
    shown: frozenset[str] = field(compare=False)

    def may_be_found_as(self, name: str) -> bool:
        """Whether a name may lead to it: not one that only documents know that are not public."""
        return name in self.names

    def shows(self, name: str) -> bool:
        """Whether a name may be told."""
        return name in self.shown

    def is_one_of(self, types: Collection[str]) -> bool:
        """Whether it is of one of the types; of any, where none is named."""
        return not types or self.type in types or any(each == "Agent" for each in types if self.kind == "agent")

    @property
    def uri(self) -> str:
        """Its URI."""
        return URIS[self.kind](self.identifier)

    @property
    def types(self) -> list[dict[str, str]]:
        """Its types, as the API has them."""
        ids = ["Agent", self.type] if self.kind == "agent" else [self.type]
        return [{"id": each, "name": TYPES[each][1]} for each in dict.fromkeys(ids)]


def public_things(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Thing]:
    """Those of some things that are public, by kind and primary key as they are asked for."""
    wanted: dict[str, set[int]] = {}
    for kind, pk in keys:
        wanted.setdefault(kind, set()).add(pk)
    found = {}
    for kind, pks in wanted.items():
        found.update({(kind, thing.pk): thing for thing in _things(kind, pks)})
    return found


def things_by_id(ids: Iterable[str]) -> dict[str, Thing]:
    """Public things by their ids; those that are not public, or do not exist, are left out alike."""
    wanted: dict[str, set[str]] = {}
    for each in ids:
        folder, _, identifier = each.partition("/")
        if not PATTERN.fullmatch(identifier):
            continue  # PostgreSQL refuses to be asked for some of what a client can send
        wanted.setdefault(folder.removesuffix("s"), set()).add(identifier)
    found = {}
    for kind, identifiers in wanted.items():
        if kind in MODELS:
            pks = MODELS[kind]._default_manager.filter(identifier__in=identifiers).values_list("pk", flat=True)
            found.update({thing.id: thing for thing in _things(kind, set(pks))})
    return found


def _things(kind: str, pks: Collection[int]) -> list[Thing]:
    model = MODELS[kind]
    rows = publicly_named(model._default_manager.filter(pk__in=pks, merged_into=None))
    found: list[Any] = list(rows.select_related("scheme") if kind == "concept" else rows)
    others = _other_names(kind, [each.pk for each in found])
    return [_thing(kind, each, others.get(each.pk, [])) for each in found]


def _thing(kind: str, each: Any, others: list[tuple[str, bool]]) -> Thing:
    names = {each.name, *(name for name, _ in others)}
    shown = {each.name, *(name for name, hidden in others if not hidden)}
    type_ = AGENT_TYPES.get(each.kind, "Agent") if kind == "agent" else kind.capitalize()
    return Thing(
        id=f"{kind}s/{each.identifier}",
        kind=kind,
        pk=each.pk,
        identifier=each.identifier,
        name=each.name,
        type=type_,
        description=_description(kind, each, sorted(shown - {each.name})),
        names=frozenset(names),
        shown=frozenset(shown),
    )


def _other_names(kind: str, pks: Collection[int]) -> dict[int, list[tuple[str, bool]]]:
    """Further public names by primary key, and whether each is for finding only (SKOS, section 5.1)."""
    found: dict[int, list[tuple[str, bool]]] = {}
    for pk, value, hidden in _others(kind, pks):
        found.setdefault(pk, []).append((value, hidden))
    return found


def _others(kind: str, pks: Collection[int]) -> Iterator[tuple[int, str, bool]]:
    if kind == "agent":
        for pk, value in AgentName.objects.public().filter(agent__in=pks).values_list("agent_id", "value"):
            yield pk, value, False
    elif kind == "place":
        for pk, value in PlaceName.objects.filter(place__in=pks).values_list("place_id", "value"):
            yield pk, value, False
    else:
        labels = ConceptLabel.objects.filter(concept__in=pks).values_list("concept_id", "value", "kind")
        for pk, value, label in labels:
            yield pk, value, label == ConceptLabel.Kind.HIDDEN


def _description(kind: str, each: Any, others: list[str]) -> str:
    also = f"also {', '.join(others[:3])}" if others else ""
    if kind == "agent":
        return "; ".join(filter(None, [each.dates, also]))
    if kind == "concept":
        return "; ".join(filter(None, [each.scheme.title, each.notation, also]))
    return also


# --- values ---


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a property, as the API has them: ``{"str": …}``, ``{"id": …, "name": …}``, ``{"float": …}``."""

    cells: tuple[dict[str, Any], ...] = ()

    def words(self) -> Iterable[str]:
        """Everything that a value may be asked for by."""
        for cell in self.cells:
            yield from (str(each) for each in cell.values())


@dataclass(frozen=True, slots=True)
class Property:
    """Something that can be told of things of some kinds."""

    pid: str
    name: str
    kinds: tuple[str, ...]
    #: From rows of one kind by primary key to cells by primary key.
    read: Callable[[str, Mapping[int, Any]], Mapping[int, Iterable[dict[str, Any]]]]


def values(things: Iterable[Thing], pids: Collection[str]) -> dict[Thing, dict[str, Values]]:
    """The values of some properties, with the same number of queries for however many things of a kind."""
    things = list(things)
    found: dict[Thing, dict[str, Values]] = {each: {pid: Values() for pid in pids} for each in things}
    for kind, model in MODELS.items():
        those = {each.pk: each for each in things if each.kind == kind}
        if not those:
            continue
        rows = {row.pk: row for row in model._default_manager.filter(pk__in=those)}
        for pid in pids:
            known = PROPERTIES.get(pid)
            if known and kind in known.kinds:
                for pk, cells in known.read(kind, rows).items():
                    found[those[pk]][pid] = Values(tuple(cells))
    return found


def _column(name: str, cell: str = "str", number: Callable[[Any], Any] = str) -> Any:
    def read(kind: str, rows: Mapping[int, Any]) -> dict[int, list[dict[str, Any]]]:
        told = {pk: getattr(row, name) for pk, row in rows.items()}
        return {pk: [{cell: number(value)}] for pk, value in told.items() if value not in ("", None)}

    return read


def _uri(kind: str, rows: Mapping[int, Any]) -> dict[int, list[dict[str, Any]]]:
    return {pk: [{"str": URIS[kind](row.identifier)}] for pk, row in rows.items()}


def _names_of(kind: str, rows: Mapping[int, Any]) -> dict[int, list[dict[str, Any]]]:
    others = _other_names(kind, list(rows))
    return {pk: [{"str": name} for name, hidden in sorted(set(names)) if not hidden] for pk, names in others.items()}


def _same_as(kind: str, rows: Mapping[int, Any]) -> dict[int, list[dict[str, Any]]]:
    links = AuthorityLink.objects.filter(**{f"{kind}__in": list(rows)}, status=AuthorityLink.Status.ACCEPTED)
    found: dict[int, list[dict[str, Any]]] = {}
    for pk, address in links.order_by("uri").values_list(f"{kind}_id", "uri"):
        found.setdefault(pk, []).append({"str": address})
    return found


def _documents(kind: str, rows: Mapping[int, Any]) -> dict[int, list[dict[str, Any]]]:
    return {pk: [{"int": documents_naming(row).public().count()}] for pk, row in rows.items()}


def _broader(kind: str, rows: Mapping[int, Any]) -> dict[int, list[dict[str, Any]]]:
    if kind == "place":
        above = {pk: [row.broader_id] for pk, row in rows.items() if row.broader_id}
    else:
        above = {}
        for pk, wider in Concept.broader.through.objects.filter(from_concept__in=list(rows)).values_list(
            "from_concept_id", "to_concept_id"
        ):
            above.setdefault(pk, []).append(wider)
    things = {each.pk: each for each in _things(kind, {each for pks in above.values() for each in pks})}
    return {
        pk: [{"id": things[each].id, "name": things[each].name} for each in wider if each in things]
        for pk, wider in above.items()
    }


def _scheme(kind: str, rows: Mapping[int, Any]) -> dict[int, list[dict[str, Any]]]:
    titled = Concept.objects.filter(pk__in=list(rows)).values_list("pk", "scheme__title")
    return {pk: [{"str": title}] for pk, title in titled}


ALL = ("agent", "place", "concept")
PROPERTIES = {
    each.pid: each
    for each in (
        Property("uri", "URI", ALL, _uri),
        Property("names", "Other names", ALL, _names_of),
        Property("sameAs", "The same elsewhere", ALL, _same_as),
        Property("documents", "Documents that name it", ALL, _documents),
        Property("kind", "Kind of agent", ("agent",), _column("kind")),
        Property("dates", "Dates (EDTF)", ("agent",), _column("dates")),
        Property("latitude", "Latitude", ("place",), _column("latitude", "float", float)),
        Property("longitude", "Longitude", ("place",), _column("longitude", "float", float)),
        Property("feature", "GeoNames feature code", ("place",), _column("feature")),
        Property("broader", "Broader", ("place", "concept"), _broader),
        Property("notation", "Notation", ("concept",), _column("notation")),
        Property("scheme", "Scheme", ("concept",), _scheme),
    )
}
