"""Terms: how what was begun to type goes on in a document, or in those of a collection (section 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from archive.description import describe
from archive.models import Document, Text
from archive.models.document import DocumentQuerySet
from iiif.search.matching import CHARACTER, Term, terms
from iiif.search.places import texts

#: Suggestions in one answer, and how many documents of a collection they are taken from.
MOST, DOCUMENTS = 20, 100
#: Characters of Chinese, Japanese or Korean that are told behind what was typed.
FURTHER = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word, or words that follow one another, and how often they stand there."""

    value: str
    total: int

    @property
    def query(self) -> str:
        """The words as they are asked for: several as a phrase."""
        return f'"{self.value}"' if " " in self.value else self.value


def of_document(document: Document, typed: str, *, least: int = 1) -> list[Suggestion]:
    """How it goes on in the lines of a document."""
    [description] = describe([document.pk], with_sets=False)
    return _suggestions((text.characters for text in texts(description)), typed, least)


def of_documents(documents: DocumentQuerySet, typed: str, *, least: int = 1) -> list[Suggestion]:
    """How it goes on in the texts of the first documents that have it anywhere."""
    begun = list(islice(terms(typed[:100]), 12))
    if not begun:
        return []
    texts = Text.objects.exclude(kind=Text.Kind.SUMMARY).order_by("document_id", "pk")
    bodies = texts.filter(document__in=documents, body__icontains=begun[-1].term)
    return _suggestions(bodies.values_list("body", flat=True)[:DOCUMENTS].iterator(), typed, least)


def _suggestions(bodies: Iterable[str], typed: str, least: int) -> list[Suggestion]:
    """The most frequent first; of equals, in the order of the alphabet."""
    begun = [each.term for each in islice(terms(typed[:100]), 12)]
    if not begun:
        return []
    counted = Counter(found for body in bodies for found in _going_on(list(terms(body)), body, begun))
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    return [Suggestion(value, total) for value, total in ordered if total >= least][:MOST]


def _going_on(found: list[Term], body: str, begun: list[str]) -> Iterator[str]:
    """Every place where the words stand that were typed, the last one as far as it goes."""
    *whole, beginning = begun
    for last in range(len(whole), len(found)):
        if not found[last].term.startswith(beginning):
            continue
        first = last - len(whole)
        if [each.term for each in found[first:last]] == whole:
            yield _written(found, body, first, last)


def _written(found: list[Term], body: str, first: int, last: int) -> str:
    """Words with a blank where there is something between them; characters that go on without one, some further."""
    end = last
    while _is_character(found[end]) and end - last < FURTHER and end + 1 < len(found):
        if found[end + 1].start != found[end].end or not _is_character(found[end + 1]):
            break
        end += 1
    value = found[first].term
    for before, after in zip(found[first:end], found[first + 1 : end + 1], strict=True):
        value += after.term if before.end == after.start else f" {after.term}"
    return value


def _is_character(term: Term) -> bool:
    return bool(CHARACTER.fullmatch(term.term))
