"""The texts held, each a thing of its own: an expression of the record, with its language, who made it, and from what.

In RiC-O a record is what was said, and each text an instantiation of it. Who translated or transcribed it is told with
MARC's relators, and in PROV, where a program can have done it as well as a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from archive.description import Description, TextDescription
from archive.lod.vocabulary import (
    BIBO,
    DCMITYPE,
    DCTERMS,
    FOAF,
    PROV,
    RDF,
    RDFS,
    RELATORS,
    RICO,
    A,
    iri,
    language_of,
    part,
    words,
)

#: For each kind of text that somebody has made from another: what the maker is, as a contributor and as a relator,
#: and how the text stands to the document.
MADE = {
    "transcript": ("transcriber", RELATORS["trc"], BIBO["transcriptOf"]),
    "translation": ("translator", RELATORS["trl"], BIBO["translationOf"]),
}
#: The end of a page: XML has no form feed, and Unicode a picture of one.
PAGE_BREAK = "\u240c"
METHODS = {"human": "by a person", "machine": "by a machine", "revised": "by a machine, corrected by a person"}


def triples(description: Description) -> Iterator[Triple]:
    """Every text of a document, and the summaries that are texts after them."""
    held = (*description.texts, *description.summaries)
    nodes = {text.key: part(description, f"text-{order}") for order, text in enumerate(held, 1)}
    for text in held:
        node = nodes[text.key]
        yield Triple(NamedNode(description.uri), RICO["hasOrHadDigitalInstantiation"], node)
        yield from _text(node, text, description)
        source = nodes.get(text.derived_from) if text.derived_from is not None else None
        if source is not None:
            yield Triple(node, RICO["isOrWasDerivedFromInstantiation"], source)
            yield Triple(node, PROV["wasDerivedFrom"], source)
        yield Triple(node, RDF["value"], words(text.body.replace("\f", PAGE_BREAK), text.language))


def _text(node: NamedNode, text: TextDescription, description: Description) -> Iterator[Triple]:
    yield Triple(node, A, RICO["Instantiation"])
    yield Triple(node, A, DCMITYPE["Text"])
    yield Triple(node, A, PROV["Entity"])
    yield Triple(node, RICO["type"], words(text.kind))
    language = language_of(text.language)
    if language is not None:  # one that ISO 639-1 does not have stands as the tag of the words alone
        yield Triple(node, DCTERMS["language"], language)
    if text.kind in MADE:
        yield Triple(node, MADE[text.kind][2], NamedNode(description.uri))
    if text.method in METHODS:
        yield Triple(node, RICO["productionTechnique"], words(METHODS[text.method], "en"))
    yield from _makers(node, text, description)
    licence = iri(text.licence_uri) if text.licence_uri else None
    if licence is not None:
        yield Triple(node, DCTERMS["license"], licence)


def _makers(node: NamedNode, text: TextDescription, description: Description) -> Iterator[Triple]:
    """Who made a text: a contributor where there is one, else a thing of its own with the name that the text gives."""
    role, relator, _ = MADE.get(text.kind, ("", None, None))
    makers = _contributors(text, role, description)
    if not makers and text.made_by:
        maker = NamedNode(f"{node.value}-maker")
        makers = [maker]
        yield Triple(maker, A, PROV["SoftwareAgent"] if text.method == "machine" else PROV["Agent"])
        yield Triple(maker, A, FOAF["Agent"])
        yield Triple(maker, FOAF["name"], words(text.made_by))
    for order, maker in enumerate(makers, 1):
        yield Triple(node, PROV["wasAttributedTo"], maker)
        if relator is not None and text.method != "machine":
            yield Triple(node, relator, maker)
        if text.made_by:
            yield from _as_named(NamedNode(f"{node.value}-attribution-{order}"), node, maker, text.made_by)


def _as_named(attribution: NamedNode, text: NamedNode, maker: NamedNode, name: str) -> Iterator[Triple]:
    """Under which name the text itself has its maker."""
    yield Triple(text, PROV["qualifiedAttribution"], attribution)
    yield Triple(attribution, A, PROV["Attribution"])
    yield Triple(attribution, PROV["agent"], maker)
    yield Triple(attribution, RDFS["label"], words(name))


def _contributors(text: TextDescription, role: str, description: Description) -> list[NamedNode]:
    """The contributors that a text names; where it names nobody, those in its role, if no other text is of its kind."""
    if not role:
        return []
    able = [each for each in description.contributions if each.role == role]
    if text.made_by:
        able = [each for each in able if text.made_by in (each.name, each.as_written)]
    elif sum(each.kind == text.kind for each in description.texts) > 1 or text.method == "machine":
        able = []
    return list(dict.fromkeys(NamedNode(each.agent_uri) for each in able))
