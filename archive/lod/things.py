"""Graphs of agents, places, concepts, schemes, units and collections: what each is, in RiC-O, FOAF, SKOS, Dublin Core.

What documents say of them stands in the documents' graphs; here is what they are by themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from pyoxigraph import NamedNode, Triple

from archive.description.authorities import (
    AgentRecord,
    CollectionRecord,
    ConceptRecord,
    NameRecord,
    PlaceRecord,
    SchemeRecord,
)
from archive.description.parts import LinkDescription, StatementDescription
from archive.description.units import UnitRecord
from archive.lod.graph import grouped
from archive.lod.ranges import LITERAL_TERMS
from archive.lod.records import AGENT_CLASSES
from archive.lod.subjects import links
from archive.lod.vocabulary import DCMITYPE, DCTERMS, FOAF, RDFS, RECORD_SET_TYPES, RICO, SKOS, A, date, iri, words
from archive.models import Kind

#: The kinds of record set that RiC names, by level of a unit; the others are record sets of no named kind.
SET_TYPES = {
    "fond": "Fonds",
    "subfonds": "Fonds",
    "collection": "Collection",
    "opis": "Series",
    "series": "Series",
    "subseries": "Series",
    "delo": "File",
    "file": "File",
}
#: Levels of single records.
ITEMS = frozenset({"list", "item"})


def graph_of(kind: Kind, record: Any) -> list[Triple]:
    """The triples of a thing, each once, those of one subject together and its own first."""
    return list(chain.from_iterable(grouped(record.uri, dict.fromkeys(GRAPHS[kind](record))).values()))


def agent(record: AgentRecord) -> Iterator[Triple]:
    """A person, a corporate body or a family."""
    thing = NamedNode(record.uri)
    yield from _types(thing, *AGENT_CLASSES.get(record.kind, (RICO["Agent"], FOAF["Agent"])))
    yield _identified(thing, record)
    yield Triple(thing, FOAF["name"], words(record.name))
    yield Triple(thing, RDFS["label"], words(record.name))
    if record.dates:
        yield Triple(thing, RICO["date"], date(record.dates))
    yield from _names(thing, record.names, RICO["hasOrHadAgentName"], RICO["AgentName"])
    yield from links(thing, "agent", record.links)
    yield from _near(thing, record.links)


def place(record: PlaceRecord) -> Iterator[Triple]:
    """A place."""
    thing = NamedNode(record.uri)
    yield from _types(thing, RICO["Place"], DCTERMS["Location"])
    yield _identified(thing, record)
    yield Triple(thing, RICO["name"], words(record.name))
    yield Triple(thing, RDFS["label"], words(record.name))
    if record.feature:
        yield Triple(thing, RICO["type"], words(record.feature))
    if record.latitude:
        where = NamedNode(f"{record.uri}#coordinates")
        yield Triple(thing, RICO["hasOrHadCoordinates"], where)
        yield Triple(where, A, RICO["Coordinates"])
        yield Triple(where, RICO["latitude"], words(record.latitude))
        yield Triple(where, RICO["longitude"], words(record.longitude))
    if record.broader:
        yield Triple(thing, RICO["isOrWasContainedBy"], NamedNode(record.broader))
    for name in record.names:
        yield Triple(thing, SKOS["altLabel"], words(name.value, name.language))
    yield from links(thing, "place", record.links)
    yield from _near(thing, record.links)


def concept(record: ConceptRecord) -> Iterator[Triple]:
    """A concept. At most one preferred label in a language: that of the archive has none (SKOS, S14)."""
    thing = NamedNode(record.uri)
    yield Triple(thing, A, SKOS["Concept"])
    yield _identified(thing, record)
    yield Triple(thing, SKOS["prefLabel"], words(record.name))
    for name in record.names:
        preferred = name.kind == "preferred" and name.language
        yield Triple(thing, SKOS["prefLabel" if preferred else "altLabel"], words(name.value, name.language))
    if record.notation:
        yield Triple(thing, SKOS["notation"], words(record.notation))
    scheme = NamedNode(record.scheme)
    yield Triple(thing, SKOS["inScheme"], scheme)
    yield Triple(scheme, A, SKOS["ConceptScheme"])
    yield Triple(scheme, DCTERMS["title"], words(record.scheme_title))
    for term, others in (("broader", record.broader), ("narrower", record.narrower), ("related", record.related)):
        for other in others:
            yield Triple(thing, SKOS[term], NamedNode(other))
    yield from links(thing, "concept", record.links)


def scheme(record: SchemeRecord) -> Iterator[Triple]:
    """A concept scheme, and the vocabulary that it is taken from, where it is somebody else's."""
    thing = NamedNode(record.uri)
    yield Triple(thing, A, SKOS["ConceptScheme"])
    yield _identified(thing, record)
    yield Triple(thing, DCTERMS["title"], words(record.title))
    if record.description:
        yield Triple(thing, DCTERMS["description"], words(record.description))
    owner = iri(record.owner) if record.owner else None
    if owner is not None:
        yield Triple(thing, DCTERMS["source"], owner)


def collection(record: CollectionRecord) -> Iterator[Triple]:
    """A collection that the archive has put together."""
    thing = NamedNode(record.uri)
    yield from _types(thing, RICO["RecordSet"], DCMITYPE["Collection"])
    yield _identified(thing, record)
    yield Triple(thing, RICO["hasRecordSetType"], RECORD_SET_TYPES["Collection"])
    yield Triple(thing, DCTERMS["title"], words(record.title.value, record.title.language))
    if record.description:
        yield Triple(thing, DCTERMS["description"], words(record.description))
    if record.parent:
        yield Triple(thing, RICO["isOrWasIncludedIn"], NamedNode(record.parent))
    for child in record.children:
        yield Triple(thing, DCTERMS["hasPart"], NamedNode(child))


def unit(record: UnitRecord) -> Iterator[Triple]:
    """An archival unit: a repository is a corporate body that holds fonds, all else is a record set or a record."""
    thing = NamedNode(record.uri)
    if record.level == "repository":
        yield from _types(thing, RICO["CorporateBody"], FOAF["Organization"])
        yield _identified(thing, record)
        yield Triple(thing, FOAF["name"], words(record.title or record.code))
    else:
        yield Triple(thing, A, RICO["Record" if record.level in ITEMS else "RecordSet"])
        yield _identified(thing, record)
        yield from _set_type(thing, record)
        yield Triple(thing, DCTERMS["title"], words(record.title or record.code or record.dates))
    yield Triple(thing, RICO["type"], words(record.level))
    if record.code:
        yield Triple(thing, RICO["identifier"], words(record.code))
    if record.date:
        yield Triple(thing, RICO["date"], date(record.date))
    if record.dates:
        yield from _dates(thing, record)
    if record.extent:
        yield Triple(thing, RICO["physicalOrLogicalExtent"], words(record.extent))
    if record.description:
        yield Triple(thing, DCTERMS["description"], words(record.description))
        yield Triple(thing, RICO["scopeAndContent"], words(record.description))
    counted: Counter[str] = Counter()
    for statement in record.statements:
        counted[statement.term] += 1
        yield from _statement(thing, counted[statement.term], statement)
    yield from _above(thing, record)


def _dates(thing: NamedNode, record: UnitRecord) -> Iterator[Triple]:
    """The dates as they are written."""
    node = NamedNode(f"{record.uri}#dates")
    yield Triple(thing, RICO["isAssociatedWithDate"], node)
    yield Triple(node, A, RICO["Date"])
    yield Triple(node, RICO["expressedDate"], words(record.dates))


def _statement(thing: NamedNode, order: int, statement: StatementDescription) -> Iterator[Triple]:
    """One Dublin Core statement. A thing of which there are only words is a part of the unit's description."""
    property_, said = DCTERMS[statement.term], words(statement.value, statement.language)
    other = iri(statement.uri) if statement.uri else None
    if statement.term in LITERAL_TERMS:
        yield Triple(thing, property_, said if statement.value else words(statement.uri))
        return
    named = other or NamedNode(f"{thing.value}#{statement.term}-{order}")
    yield Triple(thing, property_, named)
    if statement.value != named.value:
        yield Triple(named, RDFS["label"], said if statement.value else words(statement.uri))


def _set_type(thing: NamedNode, record: UnitRecord) -> Iterator[Triple]:
    if record.level in SET_TYPES:
        yield Triple(thing, RICO["hasRecordSetType"], RECORD_SET_TYPES[SET_TYPES[record.level]])


def _above(thing: NamedNode, record: UnitRecord) -> Iterator[Triple]:
    """The unit right above, and so on up to the repository that holds it; of each what it is called."""
    below = thing
    for unit in reversed(record.above):
        above = NamedNode(unit.uri)
        held = unit.level == "repository"
        yield Triple(below, RICO["hasOrHadHolder" if held else "isOrWasIncludedIn"], above)
        yield Triple(above, RICO["type"], words(unit.level))
        if unit.code != unit.title:
            yield Triple(above, RICO["identifier"], words(unit.code))
        if unit.title:
            yield Triple(above, FOAF["name"] if held else DCTERMS["title"], words(unit.title))
        below = above
    if record.above and record.above[0].level == "repository":
        yield Triple(thing, RICO["hasOrHadHolder"], NamedNode(record.above[0].uri))


def _identified(thing: NamedNode, record: Any) -> Triple:
    """Its own identifier, which stands nowhere but in its own graph: by that a reader knows where that begins."""
    return Triple(thing, DCTERMS["identifier"], words(record.identifier))


def _near(thing: NamedNode, others: Iterable[LinkDescription]) -> Iterator[Triple]:
    """What others have that is near to an agent or a place; SKOS has words for that between concepts alone."""
    for order, link in enumerate((each for each in others if each.relation != "exactMatch"), 1):
        other = iri(link.uri)
        if other is not None:
            node = NamedNode(f"{thing.value}#near-{order}")
            yield Triple(thing, RICO["thingIsConnectedToRelation"], node)
            yield Triple(node, A, RICO["Relation"])
            yield Triple(node, RICO["type"], words(link.relation))
            yield Triple(node, RICO["relationHasTarget"], other)


def _types(thing: NamedNode, *classes: NamedNode) -> Iterator[Triple]:
    for class_ in classes:
        yield Triple(thing, A, class_)


def _names(thing: NamedNode, names: Iterable[NameRecord], property_: NamedNode, class_: NamedNode) -> Iterator[Triple]:
    """Further names, each a thing of its own that says of what kind it is."""
    for order, name in enumerate(names, 1):
        node = NamedNode(f"{thing.value}#name-{order}")
        yield Triple(thing, property_, node)
        yield Triple(node, A, class_)
        yield Triple(node, RICO["textualValue"], words(name.value, name.language))
        if name.kind:
            yield Triple(node, RICO["type"], words(name.kind))


GRAPHS: dict[Kind, Callable[[Any], Iterator[Triple]]] = {
    Kind.AGENT: agent,
    Kind.PLACE: place,
    Kind.CONCEPT: concept,
    Kind.COLLECTION: collection,
    Kind.UNIT: unit,
    Kind.SCHEME: scheme,
}
