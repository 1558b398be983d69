"""Subjects in RDF: what a document is about, where it was written and received, and what others call these things.

That a document is about something is a Dublin Core statement already; here stands what the thing is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from archive.description import Description, LinkDescription, SubjectDescription
from archive.lod.vocabulary import DCTERMS, FOAF, OWL, RICO, SKOS, UNCERTAIN, A, iri, part, words

#: The classes of each kind of authority; an agent who only is a subject is an agent, whatever more is known.
CLASSES = {
    "agent": (RICO["Agent"], FOAF["Agent"]),
    "concept": (SKOS["Concept"],),
    "place": (RICO["Place"], DCTERMS["Location"]),
}
NAMES = {"agent": FOAF["name"], "concept": SKOS["prefLabel"], "place": RICO["name"]}

#: How close the two are (SKOS, section 10). The mapping properties of SKOS are between concepts (S38 to S46), so an
#: agent or a place that is the same says so in OWL, and one that is not quite the same has no link.
MATCHES = {name: SKOS[name] for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch")}


def agents(description: Description) -> Iterator[Triple]:
    """The agents of contributions at others."""
    for contribution in description.contributions:
        yield from links(NamedNode(contribution.agent_uri), "agent", contribution.agent_links)


def subjects(description: Description) -> Iterator[Triple]:
    """Agents, concepts and places of the document."""
    for subject in description.subjects:
        thing = NamedNode(subject.uri)
        if subject.relation in {"written at", "received at"}:
            yield Triple(NamedNode(description.uri), RICO["isAssociatedWithPlace"], thing)
        for class_ in _classes(subject, description):
            yield Triple(thing, A, class_)
        yield Triple(thing, NAMES[subject.kind], words(subject.name))
        yield from links(thing, subject.kind, subject.links)


def associations(description: Description) -> Iterator[Triple]:
    """How the document stands to each of its subjects, in their order.

    Dublin Core tells what it is about; where it was written, and where it was received, RiC-O does not tell apart.
    """
    for order, subject in enumerate(description.subjects, 1):
        node = part(description, f"association-{order}")
        yield Triple(NamedNode(description.uri), RICO["thingIsConnectedToRelation"], node)
        yield Triple(node, A, RICO["Relation"])
        yield Triple(node, RICO["type"], words(subject.relation))
        yield Triple(node, RICO["relationHasTarget"], NamedNode(subject.uri))
        if not subject.certain:
            yield Triple(node, RICO["relationCertainty"], UNCERTAIN)


def _classes(subject: SubjectDescription, description: Description) -> Iterable[NamedNode]:
    """None for an agent with a part in the document: it has its classes there, and they say more."""
    if subject.uri in {contribution.agent_uri for contribution in description.contributions}:
        return ()
    return CLASSES[subject.kind]


def links(thing: NamedNode, kind: str, others: Iterable[LinkDescription]) -> Iterator[Triple]:
    """The accepted addresses of an authority at others."""
    for link in others:
        other = iri(link.uri)
        if other is None:
            continue
        if kind == "concept":
            yield Triple(thing, MATCHES[link.relation], other)
        elif link.relation == "exactMatch":
            yield Triple(thing, OWL["sameAs"], other)
