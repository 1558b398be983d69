"""Entries: what of a document can be found, field by field.

Indexing and lighting the hits both read entries, so that a hit is always somewhere to be seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archive.description import Description, describe
from archive.models import AgentName, Document
from archive.search.analyser import analyse

#: Field, and how much a hit in it counts for ranking. The order is that of the index's columns.
WEIGHTS: dict[str, float] = {
    "title": 8.0,
    "summary": 4.0,
    "text": 1.0,
    #: Names as written, as the archive has them, and their variants.
    "names": 4.0,
    #: Places in archives, numbers, and the document's own identifier.
    "references": 4.0,
    #: The date as written, stamps and the distribution list.
    "stamps": 1.0,
}
FIELDS = tuple(WEIGHTS)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of stored text, its field, and its language where known."""

    field: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document in the index."""

    document_id: int
    passages: tuple[Passage, ...]

    def terms(self, field: str) -> list[list[str]]:
        """The terms of a field, passage by passage, so that no phrase runs from one into the next."""
        return [[token.term for token in analyse(each.text)] for each in self.passages if each.field == field]


def entries(document_ids: Iterable[int]) -> list[Entry]:
    """The entries of documents, public or not, with a constant number of queries."""
    keys = dict(Document.objects.filter(pk__in=list(document_ids)).values_list("identifier", "pk"))
    descriptions = describe(keys.values(), with_sets=False)
    names = variants(descriptions)
    return [Entry(keys[each.identifier], tuple(passages(each, names))) for each in descriptions]


def variants(descriptions: Iterable[Description]) -> dict[str, list[str]]:
    """The public further names of every agent that the descriptions name, by the agent's identifier."""
    identifiers = {c.agent_identifier for description in descriptions for c in description.contributions}
    found: dict[str, list[str]] = defaultdict(list)
    names = AgentName.objects.public().filter(agent__identifier__in=identifiers)
    for identifier, value in names.values_list("agent__identifier", "value"):
        found[identifier].append(value)
    return found


def passages(description: Description, names: Mapping[str, list[str]]) -> Iterator[Passage]:
    """Everything that can be found of a document; ``names`` holds the agents' variants."""
    yield Passage("title", description.title.value, description.title.language)
    if description.summary.value:
        yield Passage("summary", description.summary.value, description.summary.language)
    for text in description.texts:
        yield Passage("text", text.body, text.language)
    for value in dict.fromkeys(_names(description, names)):
        yield Passage("names", value)
    for value in dict.fromkeys(_references(description)):
        yield Passage("references", value)
    for value in dict.fromkeys(_stamps(description)):
        yield Passage("stamps", value)


def _names(description: Description, names: Mapping[str, list[str]]) -> Iterator[str]:
    for each in description.contributions:
        yield each.name
        if each.as_written:
            yield each.as_written
        yield from names.get(each.agent_identifier, ())


def _references(description: Description) -> Iterator[str]:
    """The verbatim form, and the codes too: a notation may write ``f. 45`` or ``fond 45``."""
    yield description.identifier
    for number in description.numbers:
        yield number.value
    for each in description.references:
        yield each.verbatim
        codes = {"fond": each.fond, "opis": each.opis, "delo": each.delo, "papka": each.papka, "listy": each.listy}
        if coded := [f"{name} {code}" for name, code in codes.items() if code]:
            yield " ".join(filter(None, [each.repository, *coded]))


def _stamps(description: Description) -> Iterator[str]:
    if description.date.verbatim:
        yield description.date.verbatim
    for event in description.events:
        yield event.verbatim or " ".join(filter(None, [event.label, event.edtf, event.place, event.agent, event.note]))
    if description.distribution:
        yield description.distribution
