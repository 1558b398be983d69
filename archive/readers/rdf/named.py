"""Whom and what a document names: people and the part that they had, subjects, collections, other documents."""

from __future__ import annotations

from collections.abc import Iterator

from archive.drafts import Contribution, Field, Membership, Relation, Subject, Value
from archive.readers.rdf.graphs import LABEL, TYPE, Graph
from archive.readers.rdf.words import DCMITYPE, DCTERMS, FOAF, RICO, SKOS, count, field

_KINDS = {RICO + "Person": "person", RICO + "CorporateBody": "corporate_body", RICO + "Family": "family"}


def contributions(graph: Graph) -> Iterator[Field[Value]]:
    """Who had which part in the document, under which name."""
    for _, node in graph.parts("contribution"):
        agent = graph.words(node, RICO + "relationHasTarget")
        written = graph.words(graph.words(node, RICO + "relationHasContext"), RICO + "textualValue")
        yield field(
            Contribution(
                role=graph.words(node, RICO + "type"),
                as_written=written,
                agent=graph.words(agent, FOAF + "name"),
                copies=count(graph.words(node, RICO + "note"), "Copies: "),
                kind=kind_of_agent(graph, agent),
                uri=agent,
                certain=_certain(graph, node),
            ),
            written,
            node,
        )


def subjects(graph: Graph) -> Iterator[Field[Value]]:
    """What it is about, of what kind it is, where it was written and received."""
    nodes = [node for _, node in graph.parts("association")]
    if not nodes:
        yield from _untold_subjects(graph)
    for node in nodes:
        uri, relation = graph.words(node, RICO + "relationHasTarget"), graph.words(node, RICO + "type")
        kind, name = authority(graph, uri)
        if kind:
            agent_kind = kind_of_agent(graph, uri) if kind == "agent" else ""
            subject = Subject(kind, name, relation, uri, agent_kind=agent_kind, certain=_certain(graph, node))
            yield field(subject, name, node)


def _untold_subjects(graph: Graph) -> Iterator[Field[Value]]:
    """The same where it is not told one by one (before Fonds 0.2); who is only mentioned is a contributor."""
    mentioned = {
        graph.words(node, RICO + "relationHasTarget")
        for _, node in graph.parts("contribution")
        if graph.words(node, RICO + "type") == "mentioned"
    }
    for property_, relation in (
        (DCTERMS + "subject", "about"),
        (DCTERMS + "spatial", "about"),
        (DCTERMS + "type", "type"),
        (RICO + "isAssociatedWithPlace", "written at"),
    ):
        for each in graph.all(graph.uri, property_):
            kind, name = authority(graph, each.value)
            if kind and each.value not in mentioned:
                agent_kind = kind_of_agent(graph, each.value) if kind == "agent" else ""
                yield field(Subject(kind, name, relation, each.value, agent_kind=agent_kind), name, property_)


def authority(graph: Graph, uri: str) -> tuple[str, str]:
    """What kind of authority it is, and its name; nothing where it is none of the archive."""
    if graph.has(uri, TYPE, SKOS + "Concept") and not uri.startswith(f"{graph.uri}#"):
        return "concept", graph.words(uri, SKOS + "prefLabel")
    if graph.has(uri, TYPE, RICO + "Place"):
        return "place", graph.words(uri, RICO + "name")
    if graph.words(uri, FOAF + "name"):
        return "agent", graph.words(uri, FOAF + "name")
    return "", ""


def kind_of_agent(graph: Graph, agent: str) -> str:
    """``person``, ``corporate_body`` or ``family``; empty where it is none of these."""
    return next((kind for class_, kind in _KINDS.items() if graph.has(agent, TYPE, class_)), "")


def memberships(graph: Graph) -> Iterator[Field[Value]]:
    """The collections that it is in."""
    for each in graph.all(graph.uri, DCTERMS + "isPartOf"):
        if graph.has(each.value, TYPE, DCMITYPE + "Collection"):
            title = graph.words(each.value, LABEL)
            yield field(Membership(each.value, title), title, "dcterms:isPartOf")


def relations(graph: Graph) -> Iterator[Field[Value]]:
    """How it stands to other documents."""
    for _, node in graph.parts("document"):
        other = graph.words(node, RICO + "relationHasTarget")
        yield field(Relation(graph.words(node, RICO + "type"), other), graph.words(other, LABEL), node)


def _certain(graph: Graph, relation: str) -> bool:
    return graph.words(relation, RICO + "relationCertainty") != "uncertain"
