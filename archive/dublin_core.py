"""The complete, ordered list of a document's Dublin Core statements, from which every output is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.description import Description
from archive.vocab.dcmi import ELEMENT, ELEMENTS

#: Roles that make a document, as far as Dublin Core is concerned.
_CREATORS = ("sender", "author")

#: The property that says how one document stands to another; the rest is ``relation``.
RELATIONS = {
    "refers to": "references",
    "version of": "isVersionOf",
    "enclosed in": "isPartOf",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One property and its value: words, an address, or an address with words for it."""

    term: str
    value: str
    language: str = ""
    uri: str = ""

    @property
    def element(self) -> str:
        """The one of the fifteen elements that the term is or refines; empty if none."""
        return self.term if self.term in ELEMENTS else ELEMENT.get(self.term, "")


class _Latest:
    """The document whose statements were asked for last: formats and profiles ask for them thirty times in a row.

    Both stand in one value, so that two threads cannot mix them up.
    """

    said: tuple[Description, tuple[Statement, ...]] | None = None


def statements(description: Description) -> tuple[Statement, ...]:
    """Every Dublin Core statement of a document: the typed fields first, then the curator's own in their order."""
    latest = _Latest.said
    if latest is None or latest[0] is not description:
        latest = _Latest.said = (description, _statements(description))
    return latest[1]


def _statements(description: Description) -> tuple[Statement, ...]:
    return (
        *_title(description),
        *_creators(description),
        *_contributors(description),
        *_dates(description),
        *_abstract(description),
        *_subjects(description),
        Statement("type", "Text", uri="http://purl.org/dc/dcmitype/Text"),
        *_identifiers(description),
        *_sources(description),
        *_languages(description),
        *_collections(description),
        *_relations(description),
        *_citation(description),
        *_rights(description),
        *(Statement(s.term, s.value, s.language, s.uri) for s in description.statements),
    )


def _title(description: Description) -> Iterator[Statement]:
    yield Statement("title", description.title.value, description.title.language)


def _creators(description: Description) -> Iterator[Statement]:
    """Who sent or wrote a document made it, as far as Dublin Core is concerned."""
    for each in description.contributions:
        if each.role in _CREATORS:
            yield Statement("creator", each.name, uri=each.agent_uri)


def _contributors(description: Description) -> Iterator[Statement]:
    """Everybody else who had a part in it; who is only mentioned had none."""
    for each in description.contributions:
        if each.role not in (*_CREATORS, "mentioned"):
            yield Statement("contributor", each.name, uri=each.agent_uri)


def _dates(description: Description) -> Iterator[Statement]:
    if description.date.edtf:
        yield Statement("created", description.date.edtf)


def _abstract(description: Description) -> Iterator[Statement]:
    for each in description.abstracts:
        yield Statement("abstract", each.value, each.language)


def _subjects(description: Description) -> Iterator[Statement]:
    """Subjects, places spoken of, and the kinds of document. Where it was written is no coverage."""
    for subject in description.subjects:
        if subject.relation == "type":
            yield Statement("type", subject.name, uri=subject.uri)
        elif subject.relation == "about":
            yield Statement("spatial" if subject.kind == "place" else "subject", subject.name, uri=subject.uri)
    for each in description.contributions:
        if each.role == "mentioned":
            yield Statement("subject", each.name, uri=each.agent_uri)


def _relations(description: Description) -> Iterator[Statement]:
    for relation in description.relations:
        yield Statement(RELATIONS.get(relation.kind, "relation"), relation.title, uri=relation.uri)


def _identifiers(description: Description) -> Iterator[Statement]:
    """The address of the page first: aggregators take the first one that begins with http as the front door."""
    yield Statement("identifier", description.uri, uri=description.uri)
    yield Statement("identifier", description.identifier)
    for number in description.numbers:
        if number.kind != "cited":
            yield Statement("identifier", number.value)


def _sources(description: Description) -> Iterator[Statement]:
    for reference in description.references:
        yield Statement("source", reference.verbatim)
    if description.source_url:
        yield Statement("source", description.source_url, uri=description.source_url)


def _languages(description: Description) -> Iterator[Statement]:
    """The languages of the texts held, not the one in which the document was once written."""
    held = dict.fromkeys(text.language for text in description.texts if text.language)
    for language in held:
        yield Statement("language", language)


def _collections(description: Description) -> Iterator[Statement]:
    for collection in description.collections:
        yield Statement("isPartOf", collection.title, uri=collection.uri)


def _citation(description: Description) -> Iterator[Statement]:
    if description.citation:
        yield Statement("bibliographicCitation", description.citation)


def _rights(description: Description) -> Iterator[Statement]:
    """The bare address in a statement of its own: DPLA takes it only without words beside it."""
    if description.rights_uri:
        yield Statement("rights", description.rights_uri, uri=description.rights_uri)
    if description.rights:
        yield Statement("rights", description.rights)
    if description.rights_holder:
        yield Statement("rightsHolder", description.rights_holder)
