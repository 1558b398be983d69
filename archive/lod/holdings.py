"""Where the paper is kept, in RiC-O: each archival reference is an instantiation, held by a repository.

The levels above it (fond, opis, papka, delo) are record sets, each included in the next. They
go by the addresses of their archival units; where a reference leads to none, they are parts of the document's
description.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from archive.description import Description, ReferenceDescription
from archive.lod.vocabulary import BIBO, DCTERMS, FOAF, RDFS, RECORD_SET_TYPES, RICO, A, part, words

#: From the top down; a papka is a folder in which the dela of an opis lie. RiC has no type for it.
LEVELS = {
    "fond": RECORD_SET_TYPES["Fonds"],
    "opis": RECORD_SET_TYPES["Series"],
    "papka": None,
    "delo": RECORD_SET_TYPES["File"],
}
#: Said of a copy where it does not go without saying.
UNDERSTOOD = words("The archive has understood these words.", "en")
NOT_UNDERSTOOD = words("The archive has not understood all of these words.", "en")


def triples(description: Description) -> Iterator[Triple]:
    """Every archival reference of a document; its verbatim form is a Dublin Core statement already."""
    document = NamedNode(description.uri)
    for order, reference in enumerate(description.references, 1):
        copy = part(description, f"reference-{order}")
        yield Triple(document, RICO["hasOrHadInstantiation"], copy)
        yield Triple(copy, A, RICO["Instantiation"])
        yield Triple(copy, RDFS["label"], words(reference.verbatim))
        if reference.listy:
            yield Triple(copy, BIBO["locator"], words(reference.listy))
        yield from _repository(copy, reference, description)
        yield from _levels(document, copy, reference)
        if reference.units:
            yield Triple(copy, DCTERMS["isPartOf"], NamedNode(reference.units[-1].uri))
        if reference.understood != _says_where(reference):
            yield Triple(copy, RICO["note"], UNDERSTOOD if reference.understood else NOT_UNDERSTOOD)


def _says_where(reference: ReferenceDescription) -> bool:
    """Whether anything was made of the words."""
    return any((reference.repository, reference.listy, *(getattr(reference, level) for level in LEVELS)))


def _repository(copy: NamedNode, reference: ReferenceDescription, description: Description) -> Iterator[Triple]:
    if not reference.repository:
        return
    repository = _repository_node(reference, description)
    yield Triple(copy, RICO["hasOrHadHolder"], repository)
    yield Triple(repository, A, RICO["CorporateBody"])
    yield Triple(repository, A, FOAF["Organization"])
    yield Triple(repository, FOAF["name"], words(reference.repository))


def _repository_node(reference: ReferenceDescription, description: Description) -> NamedNode:
    """The archival unit, where there is one, else one node for each repository, however many references name it."""
    if unit := _unit(reference, "repository"):
        return unit
    repositories = list(dict.fromkeys(each.repository for each in description.references if each.repository))
    return part(description, f"repository-{repositories.index(reference.repository) + 1}")


def _levels(document: NamedNode, copy: NamedNode, reference: ReferenceDescription) -> Iterator[Triple]:
    """The record sets above a copy, from the nearest to the farthest."""
    below = document
    for level, type_ in reversed(LEVELS.items()):
        code: str = getattr(reference, level)
        if not code:
            continue
        node = _unit(reference, level) or NamedNode(f"{copy.value}-{level}")
        yield Triple(below, RICO["isOrWasIncludedIn"], node)
        yield Triple(node, A, RICO["RecordSet"])
        yield Triple(node, RICO["type"], words(level))
        if type_ is not None:
            yield Triple(node, RICO["hasRecordSetType"], type_)
        yield Triple(node, RICO["identifier"], words(code))
        if below is document:
            yield Triple(copy, DCTERMS["isPartOf"], node)
        below = node


def _unit(reference: ReferenceDescription, level: str) -> NamedNode | None:
    """The archival unit of a level, unless the reference was since corrected to say another code."""
    code = getattr(reference, level)
    return next((NamedNode(each.uri) for each in reference.units if each.level == level and each.code == code), None)
