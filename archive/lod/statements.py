"""Dublin Core in RDF: the document's statements with the ranges of dcterms obeyed.

In DCMI Metadata Terms most properties take a thing, not a string. Where a statement has only words for the
thing, it gets a hash URI of its own and the words become its label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from archive.description import Description
from archive.dublin_core import Statement, statements
from archive.lod.namespaces import NAMESPACES
from archive.lod.ranges import CLASSES, LITERAL_TERMS
from archive.lod.vocabulary import DCMITYPE, DCTERMS, RDF, RDFS, TAG, A, date, iri, language_of, part, words

#: What all documents are (DCMI Type Vocabulary).
TEXT = DCMITYPE["Text"]


def triples(description: Description) -> Iterator[Triple]:
    """Every Dublin Core statement of a document, in order."""
    document = NamedNode(description.uri)
    counted: Counter[str] = Counter()
    for statement in statements(description):
        if statement.uri == description.uri:
            continue  # that the document's URI identifies it goes without saying
        if statement.term in LITERAL_TERMS:
            yield Triple(document, DCTERMS[statement.term], _literal(statement, description))
            continue
        thing = _known(statement, description)
        if thing is None:
            counted[statement.term] += 1
            thing = part(description, f"{statement.term}-{counted[statement.term]}")
            yield from _minted(thing, statement)
        yield Triple(document, DCTERMS[statement.term], thing)
        yield from _label(thing, statement, description)


def _literal(statement: Statement, description: Description) -> Literal:
    """The words; the document's own date as EDTF, because that one is known to be."""
    if statement.term == "created" and statement.value == description.date.edtf:
        return date(statement.value)
    return words(statement.value or statement.uri, statement.language)


def _known(statement: Statement, description: Description) -> NamedNode | None:
    """The thing that is meant, where it has a URI."""
    if statement.uri:
        return iri(statement.uri)
    if statement.term == "language":
        return language_of(statement.value)
    if statement.term == "source":
        for number, reference in enumerate(description.references, 1):
            if reference.verbatim == statement.value:
                return part(description, f"reference-{number}")
    return None


def _minted(thing: NamedNode, statement: Statement) -> Iterator[Triple]:
    if statement.term in CLASSES:
        prefix, name = CLASSES[statement.term].split(":")
        yield Triple(thing, A, NamedNode(NAMESPACES[prefix] + name))
    if statement.term == "language" and TAG.fullmatch(statement.value):
        yield Triple(thing, RDF["value"], Literal(statement.value, datatype=DCTERMS["RFC5646"]))


def _label(thing: NamedNode, statement: Statement, description: Description) -> Iterator[Triple]:
    """The words for a thing, where it has no others: not for agents and kinds of document, which have names."""
    named = {each.agent_uri for each in description.contributions} | {TEXT.value}
    named |= {each.uri for each in description.subjects if each.relation == "type"}
    if thing.value in named or thing.value == statement.value:
        return
    if statement.term == "language" and TAG.fullmatch(statement.value):
        return
    if statement.value or statement.uri:
        yield Triple(thing, RDFS["label"], words(statement.value or statement.uri, statement.language))
