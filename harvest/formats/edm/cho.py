"""edm:ProvidedCHO: the document itself."""

from __future__ import annotations

from collections.abc import Iterator

from archive.description import Description
from archive.dublin_core import Statement, statements
from harvest.formats import markup
from harvest.formats.edm.contexts import CLASSES, STANDING_TYPE, timespan_of
from harvest.formats.edm.vocabulary import Property, Thing, link, say, thing
from harvest.profiles.questions import UNTITLED, languages

#: The terms of dcterms that EDM has for an object; the others stand under the element that they refine.
TERMS = frozenset({
    "alternative", "conformsTo", "created", "extent", "hasFormat", "hasPart", "hasVersion", "isFormatOf", "isPartOf",
    "isReferencedBy", "isReplacedBy", "isRequiredBy", "issued", "isVersionOf", "medium", "provenance", "references",
    "replaces", "requires", "spatial", "tableOfContents", "temporal",
})  # fmt: skip

#: Elements whose value is words, never an address (EDM: rdf:LiteralType).
LITERAL = frozenset({"dc:title", "dcterms:alternative", "dc:identifier", "dc:language"})


def provided_cho(description: Description) -> Thing:
    """The object with all its properties, each once, and its type last: the schema has an order."""
    cho = thing("edm:ProvidedCHO", description.uri)
    for each in dict.fromkeys(_properties(description)):
        if each.address:
            link(cho, each.name, each.address)
        else:
            say(cho, each.name, each.text, each.language)
    say(cho, "edm:type", "TEXT")
    return cho


def _properties(description: Description) -> Iterator[Property]:
    held = languages(description)
    for statement in statements(description):
        if statement.element != "language" and not _is_said_elsewhere(statement, description):
            yield from _of(statement)
    yield from _created(description)
    for language in held:
        yield Property("dc:language", markup.words(language))


def _is_said_elsewhere(statement: Statement, description: Description) -> bool:
    """edm:rights has the rights statement, edm:isShownAt the page, and nobody reads that a thing has no title."""
    return (
        statement.uri == STANDING_TYPE
        or (statement.term == "created" and statement.value == description.date.edtf)
        or (statement.element == "rights" and statement.uri == description.rights_uri != "")
        or (statement.term == "identifier" and statement.uri == description.uri)
        or (statement.term == "title" and statement.value == UNTITLED)
    )


def _of(statement: Statement) -> Iterator[Property]:
    """A thing of which the record has a contextual class by its address; anything else by its words and its address."""
    term = name_of(statement)
    if not term:
        return
    address = "" if term in LITERAL else markup.address(statement.uri)
    if address and statement.term in CLASSES and markup.words(statement.value):
        yield Property(term, address=address)
        return
    if statement.value != statement.uri or not address:
        yield Property(term, markup.words(statement.value or statement.uri), statement.language)
    if address:
        yield Property(term, address=address)


def name_of(statement: Statement) -> str:
    """The property of a term; empty where EDM has none."""
    if statement.term in TERMS:
        return f"dcterms:{statement.term}"
    return f"dc:{statement.element}" if statement.element else ""


def _created(description: Description) -> Iterator[Property]:
    """The time span where its days are known, else the date as it was read."""
    if description.date.edtf and (span := timespan_of(description)):
        yield Property("dcterms:created", address=span)
    elif description.date.edtf:
        yield Property("dcterms:created", markup.words(description.date.edtf))
