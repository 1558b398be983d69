"""Entries: what of a document can be found, column by column, and what results are counted by.

Indexing and lighting the hits both read passages, so that a hit is always somewhere to be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from archive.description import Description, describe
from archive.models import Document
from archive.models.page import PageKind
from archive.models.text import TextKind
from archive.search.naming import Names
from archive.search.passages import SENDERS, Passage, passages

#: Columns for the people who had one of some roles.
PARTS = {
    "sent_by": SENDERS,
    "sent_to": frozenset({"addressee", "copy recipient"}),
    "mentioned": frozenset({"mentioned"}),
}
#: Who had to do with a document long after it was written: people of the edition, not of the time.
LATER = frozenset({"editor", "transcriber"})
#: Columns of identifiers that we made: they are not folded, because results are counted by them.
IDENTIFIERS = frozenset(["unit", "in_fond", "collection", "person", "place", "topic", "type", *PARTS])
#: What of a description is indexed.
_INDEXED = frozenset(
    {"texts", "numbers", "events", "references", "units", "contributions", "subjects", "collections", "pages"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One document in the index."""

    document_id: int
    passages: tuple[Passage, ...]
    #: Codes and identifiers that can be asked for whole, by the column of the index.
    codes: Mapping[str, tuple[str, ...]]
    #: First and last day that it may be from; None is open or unknown.
    earliest: date | None
    latest: date | None
    published_at: datetime | None


def entries(document_ids: Iterable[int]) -> list[Entry]:
    """The entries of documents, public or not, with a constant number of queries."""
    keys = list(Document.objects.filter(pk__in=list(document_ids)).values_list("pk", flat=True))
    descriptions = describe(keys, with_sets=False, wanted=_INDEXED)
    names = Names.of(descriptions)
    return [_entry(each, names) for each in descriptions]


def folded(column: str, code: str) -> str:
    """A code as it is indexed and asked for: 059A is 059a, but an identifier is itself."""
    return code if column in IDENTIFIERS else code.casefold()


def _entry(description: Description, names: Names) -> Entry:
    return Entry(
        document_id=description.key,
        passages=tuple(passages(description, names)),
        codes={
            column: tuple(dict.fromkeys(folded(column, value) for value in values if value))
            for column, values in _codes(description, names)
        },
        earliest=description.date.earliest,
        latest=description.date.latest,
        published_at=description.published_at,
    )


def _codes(about: Description, names: Names) -> Iterator[tuple[str, list[str]]]:
    """What a document has, by the columns of the index."""
    yield "identifier", [about.identifier]
    yield "number", [number.value for number in about.numbers]
    for level in ("fond", "opis", "delo", "papka"):
        yield level, [getattr(reference, level) for reference in about.references]
    units = [unit for reference in about.references for unit in reference.units]
    yield "unit", [unit.identifier for unit in units]
    yield "in_fond", [unit.identifier for unit in units if unit.level == "fond"]
    yield "collection", names.collections_above(each.slug for each in about.collections)
    agents = [each.identifier for each in about.subjects if each.kind == "agent"]
    yield "person", [*(each.agent_identifier for each in about.contributions if each.role not in LATER), *agents]
    for column, roles in PARTS.items():
        held = [each.agent_identifier for each in about.contributions if each.role in roles]
        yield column, [*held, *(agents if column == "mentioned" else ())]
    yield "place", [each.identifier for each in about.subjects if each.kind == "place"]
    concepts = [each for each in about.subjects if each.kind == "concept"]
    yield "topic", [each.identifier for each in concepts if each.relation != "type"]
    yield "type", [each.identifier for each in concepts if each.relation == "type"]
    yield "language", [subtag for text in about.texts for subtag in _and_wider(text.language)]
    yield "spoken", [text.language.partition("-")[0] for text in about.texts]
    yield "original", list(_and_wider(about.original_language))
    yield "has", list(_things(about))


def _and_wider(tag: str) -> Iterator[str]:
    """zh-Hans is asked for as zh too (basic filtering, RFC 4647, section 3.3.1)."""
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]


def _things(about: Description) -> Iterator[str]:
    if any(page.kind == PageKind.SCAN for page in about.pages):
        yield "scan"
    if about.texts:
        yield "text"
    if any(text.kind == TextKind.TRANSLATION for text in about.texts):
        yield "translation"
