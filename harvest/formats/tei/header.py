"""The header: what the text is, who gives it out, and what it was made from (TEI P5, chapter 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archive.description import Description
from harvest.formats import markup
from harvest.formats.institution import institution
from harvest.formats.tei import letter, sources
from harvest.formats.tei.elements import named
from harvest.formats.trees import Element, around, element

#: Parts in the text as it is held, and what TEI's ``<resp>`` says of them.
RESPONSIBILITIES = {"transcriber": "transcription", "translator": "translation", "contributor": "contribution"}

Fields = tuple[Callable[[Description], Iterator[Element]], ...]


def header(description: Description) -> Element:
    """``<teiHeader>``."""
    file = around("fileDesc", _all(FILE, description))
    profile = [*_all(PROFILE, description)]
    return around("teiHeader", [file, *([around("profileDesc", profile)] if profile else [])])


def _all(fields: Fields, description: Description) -> Iterator[Element]:
    for field in fields:
        yield from field(description)


def title_statement(description: Description) -> Iterator[Element]:
    """``<titleStmt>``: the title, who wrote it, and who had a hand in the text."""
    title = element("title", description.title.value or "[Untitled]", description.title.language, level="a")
    yield around("titleStmt", [title, *_authors(description), *_editors(description), *_responsible(description)])


def _authors(description: Description) -> Iterator[Element]:
    """Who wrote it. Of a letter that is said with the correspondence; here too, for catalogues look here."""
    for each in description.contributions:
        if each.role in ("author", "sender") and markup.words(each.name):
            yield around("author", [named(each)])


def _editors(description: Description) -> Iterator[Element]:
    for each in description.contributions:
        if each.role == "editor" and markup.words(each.name):
            yield around("editor", [named(each)])


def _responsible(description: Description) -> Iterator[Element]:
    """Transcribers and translators: as agents, and as the texts name them."""
    for each in description.contributions:
        if each.role in RESPONSIBILITIES and markup.words(each.name):
            yield around("respStmt", [element("resp", RESPONSIBILITIES[each.role]), named(each)])
    for text in (*description.texts, *description.summaries):
        if markup.words(text.made_by):
            yield around("respStmt", [element("resp", text.label), element("name", text.made_by)])


def publication_statement(description: Description) -> Iterator[Element]:
    """``<publicationStmt>``: the institution, the address and the numbers, and what may be done with it."""
    parts = [element("publisher", institution()), element("idno", description.uri, type="URI")]
    parts.append(element("idno", description.identifier, type="local"))
    own = (each for each in description.numbers if each.kind != "cited" and markup.words(each.value))
    parts += [element("idno", each.value, type=each.kind) for each in own]
    yield around("publicationStmt", [*parts, *_availability(description)])


def _availability(description: Description) -> Iterator[Element]:
    address = markup.address(description.rights_uri)
    said = (description.rights, description.rights_holder)
    wording = [element("p", each) for words in said for each in words.split("\n\n") if markup.words(each)]
    if address:
        licence = element("licence", "" if wording else address, target=address)
        yield around("availability", [licence._replace(children=tuple(wording))])
    elif wording:
        yield around("availability", wording)


def series(description: Description) -> Iterator[Element]:
    """``<seriesStmt>``: the collections that it is in."""
    for each in description.collections:
        title = element("title", each.title or each.slug, level="s", ref=markup.address(each.uri))
        yield around("seriesStmt", [title])


def notes(description: Description) -> Iterator[Element]:
    """``<notesStmt>``: the documents that stand beside it."""
    related = [
        around(
            "relatedItem", [element("ref", each.title or each.uri, target=each.uri)], type=each.kind.replace(" ", "-")
        )
        for each in description.relations
        if markup.address(each.uri)
    ]
    if related:
        yield around("notesStmt", related)


def abstract(description: Description) -> Iterator[Element]:
    """``<abstract>``: each summary, a paragraph for each of its own."""
    for own in description.abstracts:
        paragraphs = [each for each in own.value.split("\n\n") if markup.words(each)]
        if paragraphs:
            yield around("abstract", [element("p", each, own.language) for each in paragraphs])


FILE: Fields = (title_statement, publication_statement, series, notes, sources.source)
PROFILE: Fields = (abstract, letter.creation, letter.languages, letter.classes, letter.correspondence)
