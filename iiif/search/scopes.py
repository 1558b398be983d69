"""Scopes: which documents a search service asks, and the page of them that a request is answered with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from archive.description import Description, describe
from archive.models import Collection, Document, Text
from archive.models.document import DocumentQuerySet
from iiif.search.matching import Asked
from iiif.search.places import Finding, findings

#: Findings on one page of a document's answer; of one document in a collection's; documents on a page of that.
FINDINGS, FINDINGS_OF_EACH, DOCUMENTS = 250, 50, 20
#: Documents beyond which a collection is not paged; who wants them all harvests.
DEPTH = 10_000


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of what was found, document by document.

    ``total`` counts the findings of all pages, and is None where they were not all looked for. ``start`` is the number
    of the first one, from 0, where it is known.
    """

    found: Sequence[tuple[Description, Sequence[Finding]]]
    pages: int
    total: int | None = None
    start: int | None = None


def in_document(document: Document, asked: Asked, page: int) -> Answer:
    """What a document has, some findings on each page."""
    if not asked.clauses:
        return Answer([], 1, 0, 0)
    [description] = describe([document.pk], with_sets=False)
    found = findings(description, asked)
    start = (page - 1) * FINDINGS
    return Answer([(description, found[start : start + FINDINGS])], _pages(len(found), FINDINGS), len(found), start)


def in_collection(collection: Collection | None, asked: Asked, page: int) -> Answer:
    """What the documents of a collection and of those below it have, or all documents; some documents on each page."""
    if not asked.clauses:
        return Answer([], 1, 0, 0)
    keys, total = _answering(collection, asked, page)
    rank = {key: place for place, key in enumerate(keys)}
    descriptions = sorted(describe(keys, with_sets=False), key=lambda each: rank[each.key])
    found = [(each, findings(each, asked)[:FINDINGS_OF_EACH]) for each in descriptions if not each.withdrawn]
    return Answer([each for each in found if each[1]], _pages(min(total, DEPTH), DOCUMENTS))


def documents_of(collection: Collection | None) -> DocumentQuerySet:
    """The public documents of a collection and of all below it; all public documents for None."""
    public = Document.objects.public()
    if collection is None:
        return public
    within = {collection.pk}
    parents = list(Collection.objects.order_by().values_list("pk", "parent"))
    while further := {pk for pk, parent in parents if parent in within} - within:
        within |= further
    belongs = Document.collections.through._default_manager.filter(document=OuterRef("pk"), collection__in=within)
    return public.filter(Exists(belongs))


def _answering(collection: Collection | None, asked: Asked, page: int) -> tuple[list[int], int]:
    """The documents of a page that may have all that was asked for, and how many there are on all pages."""
    offset = (page - 1) * DOCUMENTS
    if apps.is_installed("archive.search"):
        from archive.search.query import search  # the app can be left out

        narrowed = {"collection": [collection.slug]} if collection else None
        results = search(asked.typed, narrowed=narrowed, limit=DOCUMENTS, offset=offset)
        if not results.unavailable:
            return [each.key for each in results.found], results.total
    having = _having(documents_of(collection), asked).order_by("pk")
    return list(having.values_list("pk", flat=True)[offset : offset + DOCUMENTS]), having.count()


def _having(documents: DocumentQuerySet, asked: Asked) -> DocumentQuerySet:
    """Documents with a text in which every word stands. Without an index, each text is read.

    SQLite knows capitals of ASCII alone, so that a word is asked for with a capital, and in capitals, too.
    """
    for term in {term for clause in asked.clauses for term in clause}:
        written = Q()
        for form in {term, term.capitalize(), term.upper()}:
            written |= Q(body__icontains=form)
        texts = Text.objects.exclude(kind=Text.Kind.SUMMARY)
        documents = documents.filter(Exists(texts.filter(written, document=OuterRef("pk"))))
    return documents


def _pages(number: int, size: int) -> int:
    return max(1, -(-number // size))
