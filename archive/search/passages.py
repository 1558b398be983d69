"""Passages: the pieces of stored text in which a document is found, and in which its hits are lit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.description import Description
from archive.search.naming import Names

#: Column, and how much a hit in it counts for ranking.
WEIGHTS: dict[str, float] = {
    "title": 4.0,
    "summary": 3.0,
    "text": 1.0,
    #: Names as written, as the archive has them, and their variants.
    "people": 3.0,
    "places": 2.0,
    "topics": 2.0,
    #: Places in archives, numbers, and the document's own identifier.
    "references": 3.0,
    #: The date as written, stamps and the distribution list.
    "stamps": 1.0,
}
#: Asked for only by name: a part of what ``people`` holds.
NARROW = ("sender", "addressee")
COLUMNS = (*WEIGHTS, *NARROW)
SENDERS, ADDRESSEES = frozenset(["sender", "author", "signatory"]), frozenset(["addressee"])


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of stored text, its column, and its language where known."""

    field: str
    text: str
    language: str = ""


def passages(about: Description, names: Names) -> Iterator[Passage]:
    """Everything that can be found of a document."""
    yield Passage("title", about.title.value, about.title.language)
    for each in about.abstracts:
        yield Passage("summary", each.value, each.language)
    for text in about.texts:
        yield Passage("text", text.body, text.language)
    for column, values in (
        ("people", _people(about, names)),
        ("places", _subjects(about, names, {"place"})),
        ("topics", _subjects(about, names, {"concept", "agent"})),
        ("references", _references(about)),
        ("stamps", _stamps(about)),
        ("sender", _people(about, names, SENDERS)),
        ("addressee", _people(about, names, ADDRESSEES)),
    ):
        for value in dict.fromkeys(filter(None, values)):
            yield Passage(column, value)


def _people(about: Description, names: Names, roles: frozenset[str] | None = None) -> Iterator[str]:
    for each in about.contributions:
        if roles is None or each.role in roles:
            yield each.name
            yield each.as_written
            yield from names.further("agent", each.agent_identifier)
    if roles is None:
        yield from _subjects(about, names, {"agent"})


def _subjects(about: Description, names: Names, kinds: set[str]) -> Iterator[str]:
    for each in about.subjects:
        if each.kind in kinds:
            yield each.name
            yield from names.further(each.kind, each.identifier)


def _references(about: Description) -> Iterator[str]:
    """The verbatim form, and the codes too: a notation may write ``f. 45`` or ``fond 45``."""
    yield about.identifier
    for number in about.numbers:
        yield number.value
    for each in about.references:
        yield each.verbatim
        codes = {"fond": each.fond, "opis": each.opis, "delo": each.delo, "papka": each.papka, "listy": each.listy}
        if coded := [f"{name} {code}" for name, code in codes.items() if code]:
            yield " ".join(filter(None, [each.repository, *coded]))


def _stamps(about: Description) -> Iterator[str]:
    yield about.date.verbatim
    for event in about.events:
        yield event.verbatim or " ".join(filter(None, [event.label, event.edtf, event.place, event.agent, event.note]))
    yield about.distribution
