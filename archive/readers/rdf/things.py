"""From the graph of a thing that is no document to its draft: agents, places, concepts, schemes, collections, units."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archive.drafts import (
    DocumentDate,
    Field,
    Identity,
    RefusedPart,
    Statement,
    Summary,
    ThingDraft,
    ThingName,
    Title,
    UnitDraft,
    Value,
)
from archive.readers.rdf.fields import statement_of
from archive.readers.rdf.graphs import TYPE, Graph
from archive.readers.rdf.named import kind_of_agent
from archive.readers.rdf.words import DCMITYPE, DCTERMS, FOAF, RICO, SKOS, language_of
from archive.vocab.dcmi import TERMS

OWL_SAME = "http://www.w3.org/2002/07/owl#sameAs"
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch")
#: Characters of an address, and of the code of a unit.
_ADDRESS, _CODE = 500, 200
#: More units than stand above one another in any archive.
_DEEP = 100
#: Terms of which the first is told by another field of a unit.
_TOLD = frozenset({"title", "identifier"})


def drafts_of_thing(graph: Graph, above: set[int]) -> Iterator[ThingDraft | UnitDraft | RefusedPart]:
    """What the graph describes; nothing where it is none of ours.

    Of a unit those above it come first, unless they are in ``above``, where all that came is noted.
    """
    problem = _problem(graph)
    if problem:
        yield RefusedPart(graph.uri[:_ADDRESS], problem)
    elif graph.words(graph.uri, RICO + "type") and not graph.has(graph.uri, TYPE, RICO + "Place"):
        yield from _units(graph, above)
    else:
        read = next((read for class_, read in _READ.items() if graph.has(graph.uri, TYPE, class_)), None)
        if read is not None:
            yield read(graph)


def _problem(graph: Graph) -> str:
    """Why no database could hold it; empty if one can."""
    if len(graph.uri) > _ADDRESS:
        return f"Its address has more than {_ADDRESS} characters."
    words = (each.value for properties in graph.said.values() for said in properties.values() for each in said)
    return "It holds a character that means nothing in any text (NUL)." if any("\x00" in each for each in words) else ""


def _agent(graph: Graph) -> ThingDraft:
    names = tuple(
        ThingName(words.value, language_of(words), graph.words(node, RICO + "type"))
        for _, node in graph.parts("name")
        for words in graph.all(node, RICO + "textualValue")[:1]
    )
    return ThingDraft(
        "agent",
        graph.uri,
        graph.words(graph.uri, FOAF + "name"),
        type=kind_of_agent(graph, graph.uri),
        dates=graph.words(graph.uri, RICO + "date"),
        names=names,
        links=tuple(_links(graph)),
    )


def _place(graph: Graph) -> ThingDraft:
    where = graph.words(graph.uri, RICO + "hasOrHadCoordinates")
    return ThingDraft(
        "place",
        graph.uri,
        graph.words(graph.uri, RICO + "name"),
        type=graph.words(graph.uri, RICO + "type"),
        latitude=graph.words(where, RICO + "latitude"),
        longitude=graph.words(where, RICO + "longitude"),
        above=_addresses(graph, RICO + "isOrWasContainedBy"),
        names=_labels(graph, SKOS + "altLabel", ""),
        links=tuple(_links(graph)),
    )


def _concept(graph: Graph) -> ThingDraft:
    scheme = graph.words(graph.uri, SKOS + "inScheme")
    preferred = graph.all(graph.uri, SKOS + "prefLabel")
    name = next((each.value for each in preferred if not language_of(each)), "")
    return ThingDraft(
        "concept",
        graph.uri,
        name,
        notation=graph.words(graph.uri, SKOS + "notation"),
        scheme=scheme,
        scheme_title=graph.words(scheme, DCTERMS + "title"),
        above=_addresses(graph, SKOS + "broader"),
        related=_addresses(graph, SKOS + "related"),
        names=(
            *(each for each in _labels(graph, SKOS + "prefLabel", "preferred") if each.language),
            *_labels(graph, SKOS + "altLabel", "alternative"),
        ),
        links=tuple(_links(graph)),
    )


def _scheme(graph: Graph) -> ThingDraft:
    return ThingDraft(
        "scheme",
        graph.uri,
        graph.words(graph.uri, DCTERMS + "title"),
        description=graph.words(graph.uri, DCTERMS + "description"),
        owner=graph.words(graph.uri, DCTERMS + "source"),
    )


def _collection(graph: Graph) -> ThingDraft:
    return ThingDraft(
        "collection",
        graph.uri,
        graph.words(graph.uri, DCTERMS + "title"),
        description=graph.words(graph.uri, DCTERMS + "description"),
        above=_addresses(graph, RICO + "isOrWasIncludedIn"),
    )


def _labels(graph: Graph, property_: str, kind: str) -> tuple[ThingName, ...]:
    said = (ThingName(each.value, language_of(each), kind) for each in graph.all(graph.uri, property_))
    return tuple(dict.fromkeys(said))


def _addresses(graph: Graph, property_: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.value for each in graph.all(graph.uri, property_)))


def _links(graph: Graph) -> Iterator[tuple[str, str]]:
    """Addresses at others, each once."""
    found = [(each, "exactMatch") for each in _addresses(graph, OWL_SAME)]
    found += [(each, match) for match in _MATCHES for each in _addresses(graph, SKOS + match)]
    found += [
        (graph.words(node, RICO + "relationHasTarget"), graph.words(node, RICO + "type"))
        for _, node in graph.parts("near")
    ]
    yield from dict.fromkeys(found)


def _units(graph: Graph, above: set[int]) -> Iterator[UnitDraft | RefusedPart]:
    """A unit, and first those above it that did not come yet."""
    path = [graph.uri]
    while (over := _over(graph, path[-1])) and over not in path and len(path) <= _DEEP:
        path.append(over)
    if graph.words(path[-1], RICO + "type") != "repository" or any(not _fits(graph, each) for each in path):
        yield RefusedPart(
            graph.uri,
            "It says of no archive that it is kept there, "
            f"is more than {_DEEP} levels below it, or has an address or a code too long.",
        )
        return
    for place in range(len(path) - 1, 0, -1):
        if hash(path[place]) not in above:
            above.add(hash(path[place]))
            yield _unit(graph, path[place], _over(graph, path[place]), _title(graph, path[place]))
    above.add(hash(graph.uri))
    fields = (*_title(graph, graph.uri), *_dates(graph), *_described(graph), *_statements(graph))
    yield _unit(graph, graph.uri, path[1] if len(path) > 1 else "", fields)


def _fits(graph: Graph, uri: str) -> bool:
    return len(uri) <= _ADDRESS and len(graph.words(uri, RICO + "identifier")) <= _CODE


def _over(graph: Graph, uri: str) -> str:
    """The unit right above one: what it is included in, else the repository that holds it."""
    return graph.words(uri, RICO + "isOrWasIncludedIn") or graph.words(uri, RICO + "hasOrHadHolder")


def _unit(graph: Graph, uri: str, over: str, fields: tuple[Field[Value], ...]) -> UnitDraft:
    parent = Identity("url", over) if over else None
    code = graph.words(uri, RICO + "identifier")
    return UnitDraft(Identity("url", uri), parent, graph.words(uri, RICO + "type"), code, fields)


def _title(graph: Graph, uri: str) -> tuple[Field[Value], ...]:
    """Its title. One without a title goes by its code, or by its dates."""
    found = graph.all(uri, DCTERMS + "title") or graph.all(uri, FOAF + "name")
    others = (graph.words(uri, RICO + "identifier"), graph.words(f"{uri}#dates", RICO + "expressedDate"))
    return tuple(Field(Title(each.value, language_of(each)), each.value) for each in found if each.value not in others)


def _dates(graph: Graph) -> Iterator[Field[Value]]:
    edtf, written = graph.words(graph.uri, RICO + "date"), graph.words(f"{graph.uri}#dates", RICO + "expressedDate")
    if edtf or written:
        yield Field(DocumentDate(edtf), written)


def _described(graph: Graph) -> Iterator[Field[Value]]:
    for each in graph.all(graph.uri, RICO + "scopeAndContent")[:1]:
        yield Field(Summary(each.value), each.value)
    for each in graph.all(graph.uri, RICO + "physicalOrLogicalExtent")[:1]:
        yield Field(Statement("extent", each.value), each.value)


def _statements(graph: Graph) -> Iterator[Field[Value]]:
    """What else Dublin Core says of it."""
    for property_, objects in graph.said.get(graph.uri, {}).items():
        term = property_.removeprefix(DCTERMS)
        if term != property_ and term in TERMS:
            told = term in _TOLD or (term == "description" and bool(graph.all(graph.uri, RICO + "scopeAndContent")))
            for each in objects[told:]:
                yield Field(statement_of(graph, term, each), each.value)


#: Who reads a thing, by its class.
_READ: dict[str, Callable[[Graph], ThingDraft]] = {
    DCMITYPE + "Collection": _collection,
    SKOS + "ConceptScheme": _scheme,
    SKOS + "Concept": _concept,
    RICO + "Place": _place,
    **{FOAF + name: _agent for name in ("Person", "Organization", "Group", "Agent")},
}
