"""The archival side in RDF: Records in Contexts (RiC-O 1.1), with agents in FOAF.

RiC-O tells the record, which is what was said, from its instantiations: the paper in each archive (``holdings``), and
the texts held here (``texts``).
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from archive.description import ContributionDescription, Description, EventDescription
from archive.lod.vocabulary import (
    BIBO,
    DCMITYPE,
    DCTERMS,
    FOAF,
    RDF,
    RDFS,
    RECORD_SET_TYPES,
    RELATORS,
    RICO,
    UNCERTAIN,
    A,
    date,
    language_of,
    part,
    words,
)

AGENT_CLASSES = {
    "person": (RICO["Person"], FOAF["Person"]),
    "corporate_body": (RICO["CorporateBody"], FOAF["Organization"]),
    "family": (RICO["Family"], FOAF["Group"]),
}

#: What says of each role more than ``dcterms:creator`` and ``dcterms:contributor`` do.
ROLE_PROPERTIES = {
    "sender": (RICO["hasSender"],),
    "addressee": (RICO["hasAddressee"], RELATORS["rcp"]),
    "copy recipient": (RICO["hasReceiver"],),
    "author": (RELATORS["aut"],),
    "signatory": (RELATORS["sgn"],),
    "translator": (RELATORS["trl"],),
    "transcriber": (RELATORS["trc"],),
    "editor": (RELATORS["edt"],),
    "contributor": (RELATORS["ctb"],),
}


def types(description: Description) -> Iterator[Triple]:
    """What the document is."""
    document = NamedNode(description.uri)
    yield Triple(document, A, RICO["Record"])
    yield Triple(document, A, BIBO["Document"])


def creation(description: Description) -> Iterator[Triple]:
    """The date as the source writes it, beside the EDTF form that dcterms:created has."""
    if not description.date.verbatim:
        return
    created = part(description, "created")
    yield Triple(NamedNode(description.uri), RICO["hasCreationDate"], created)
    yield Triple(created, A, RICO["Date"])
    if description.date.edtf:
        yield Triple(created, RICO["normalizedDateValue"], date(description.date.edtf))
    yield Triple(created, RICO["expressedDate"], words(description.date.verbatim))


def original_language(description: Description) -> Iterator[Triple]:
    """The language in which the record was written, which need not be one in which its text is held."""
    if not description.original_language:
        return
    language = language_of(description.original_language)
    if language is None:
        language = part(description, "original-language")
        yield Triple(language, A, RICO["Language"])
        yield Triple(language, RDF["value"], Literal(description.original_language, datatype=DCTERMS["RFC5646"]))
    yield Triple(NamedNode(description.uri), RICO["hasOrHadLanguage"], language)


def numbers(description: Description) -> Iterator[Triple]:
    """The numbers the document carries, and the documents it cites by number."""
    document = NamedNode(description.uri)
    for order, number in enumerate(description.numbers, 1):
        if number.kind != "cited":
            node = part(description, f"number-{order}")
            yield Triple(document, BIBO["number"], words(number.value))
            yield Triple(document, RICO["hasOrHadIdentifier"], node)
            yield Triple(node, A, RICO["Identifier"])
            yield Triple(node, RICO["type"], words(number.kind))
            yield Triple(node, RICO["textualValue"], words(number.value))
            continue
        cited = part(description, f"cited-{order}")
        yield Triple(document, DCTERMS["references"], cited)
        yield Triple(cited, A, RICO["Record"])
        yield Triple(cited, RICO["identifier"], words(number.value))


def distribution(description: Description) -> Iterator[Triple]:
    """The distribution list as it stands; who is on it, contributions() says."""
    document = NamedNode(description.uri)
    if description.distribution:
        yield Triple(document, RICO["note"], words(description.distribution))
    if description.distribution_copies is not None:
        yield Triple(document, RICO["note"], words(f"Copies in all: {description.distribution_copies}", "en"))
    if description.distribution_possibly_truncated:
        yield Triple(document, RICO["note"], words("The distribution list is possibly truncated in the source.", "en"))


def contributions(description: Description) -> Iterator[Triple]:
    """Agents, what they had to do with the document, and the name under which each stands in it.

    A name as written belongs to the document and not to the agent, so it hangs on the relation.
    """
    document = NamedNode(description.uri)
    for order, contribution in enumerate(description.contributions, 1):
        agent = NamedNode(contribution.agent_uri)
        for class_ in AGENT_CLASSES.get(contribution.agent_kind, (RICO["Agent"], FOAF["Agent"])):
            yield Triple(agent, A, class_)
        yield Triple(agent, FOAF["name"], words(contribution.name))
        for role in ROLE_PROPERTIES.get(contribution.role, ()):
            yield Triple(document, role, agent)
        relation = part(description, f"contribution-{order}")
        yield Triple(document, RICO["thingIsSourceOfRelation"], relation)
        yield from _relation(relation, contribution, agent)


def _relation(relation: NamedNode, contribution: ContributionDescription, agent: NamedNode) -> Iterator[Triple]:
    yield Triple(relation, A, RICO["Relation"])
    yield Triple(relation, RICO["type"], words(contribution.role))
    yield Triple(relation, RICO["relationHasTarget"], agent)
    if contribution.copies is not None:
        yield Triple(relation, RICO["note"], words(f"Copies: {contribution.copies}", "en"))
    if not contribution.certain:
        yield Triple(relation, RICO["relationCertainty"], UNCERTAIN)
    if contribution.as_written:
        name = NamedNode(f"{relation.value}-name")
        yield Triple(relation, RICO["relationHasContext"], name)
        yield Triple(name, A, RICO["AgentName"])
        yield Triple(name, RICO["textualValue"], words(contribution.as_written))
        yield Triple(name, RICO["isOrWasAgentNameOf"], agent)


def events(description: Description) -> Iterator[Triple]:
    """The stamps."""
    for order, event in enumerate(description.events, 1):
        node = part(description, f"event-{order}")
        yield Triple(NamedNode(description.uri), RICO["isAssociatedWithEvent"], node)
        yield from _event(node, event)


def _event(node: NamedNode, event: EventDescription) -> Iterator[Triple]:
    yield Triple(node, A, RICO["Event"])
    yield Triple(node, RICO["type"], words(event.kind))
    if event.verbatim:
        yield Triple(node, RDFS["label"], words(event.verbatim))
    if event.edtf:
        yield Triple(node, RICO["date"], date(event.edtf))
    if event.note:
        yield Triple(node, RICO["note"], words(event.note))
    if event.place:
        place = NamedNode(f"{node.value}-place")
        yield Triple(node, RICO["hasOrHadLocation"], place)
        yield Triple(place, A, RICO["Place"])
        yield Triple(place, RICO["name"], words(event.place))
    if event.destination:
        destination = NamedNode(f"{node.value}-destination")
        yield Triple(node, RICO["isAssociatedWithPlace"], destination)
        yield Triple(destination, A, RICO["Place"])
        yield Triple(destination, RICO["name"], words(event.destination))
    if event.agent:
        agent = NamedNode(f"{node.value}-agent")
        yield Triple(node, RICO["hasOrHadParticipant"], agent)
        yield Triple(agent, A, RICO["Agent"])
        yield Triple(agent, RICO["name"], words(event.agent))


def relations(description: Description) -> Iterator[Triple]:
    """How the document stands to others; Dublin Core has no word for each of these ways."""
    for order, relation in enumerate(description.relations, 1):
        node = part(description, f"document-{order}")
        yield Triple(NamedNode(description.uri), RICO["thingIsConnectedToRelation"], node)
        yield Triple(node, A, RICO["Relation"])
        yield Triple(node, RICO["type"], words(relation.kind))
        yield Triple(node, RICO["relationHasTarget"], NamedNode(relation.uri))


def collections(description: Description) -> Iterator[Triple]:
    """The collections that the archive has put the document in."""
    for collection in description.collections:
        node = NamedNode(collection.uri)
        yield Triple(NamedNode(description.uri), RICO["isOrWasIncludedIn"], node)
        yield Triple(node, A, RICO["RecordSet"])
        yield Triple(node, A, DCMITYPE["Collection"])
        yield Triple(node, RICO["hasRecordSetType"], RECORD_SET_TYPES["Collection"])
