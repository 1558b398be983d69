"""Sets of stored queries: ``query:armistice``, ``query:korea:armistice`` for one within ``korea``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from archive import units
from archive.finding import answering, answering_among
from archive.models import ArchivalReference, Collection, Document, StoredQuery
from archive.models.document import DocumentQuerySet
from archive.sets.specs import joined, lineage

#: First part of the setSpec of every stored query.
QUERY = "query"

Queries = Mapping[int, StoredQuery]


def stored_queries() -> dict[int, StoredQuery]:
    """Every stored query, by primary key: they are few."""
    return {query.pk: query for query in StoredQuery.objects.select_related("unit").order_by("pk")}


def spec_of_query(query: StoredQuery, queries: Queries) -> str:
    """The setSpec of a stored query."""
    return joined(_parts(query, queries))


def specs_by_answer(document_ids: Sequence[int]) -> dict[int, list[str]]:
    """The setSpecs of the stored queries that these documents answer, in whatever state; two queries for each."""
    queries = stored_queries()
    found = {pk: _among(document_ids, query) for pk, query in queries.items()}
    specs: dict[int, list[str]] = {}
    for query in queries.values():
        for document in set.intersection(*(found[each.pk] for each in around(query, queries))):
            specs.setdefault(document, []).extend(lineage(_parts(query, queries)))
    return specs


def answers(query: StoredQuery, queries: Queries) -> DocumentQuerySet:
    """All public documents that a stored query finds."""
    documents = Document.objects.public()
    for each in around(query, queries):
        documents = answering(_narrowed(documents, each), each.words)
    return documents


def titles_of_queries(specs: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """setSpec, title and description of each of these sets that is a stored query still."""
    queries, wanted = stored_queries(), set(specs)
    for query in queries.values():
        if (spec := spec_of_query(query, queries)) in wanted:
            yield spec, query.title, query.description


def _among(document_ids: Sequence[int], query: StoredQuery) -> set[int]:
    found = set(_narrowed(Document.objects.filter(pk__in=document_ids), query).values_list("pk", flat=True))
    return answering_among(found, query.words) if query.words.strip() and found else found


def _narrowed(documents: DocumentQuerySet, query: StoredQuery) -> DocumentQuerySet:
    """Those for which all holds that the query says, save for its words."""
    if query.collection_id:
        held = Document.collections.through.objects.filter(collection__in=_with_all_below(query.collection_id))
        documents = documents.filter(pk__in=held.values("document"))
    if query.unit:
        kept = ArchivalReference.objects.order_by().filter(unit__in=units.within(query.unit))
        documents = documents.filter(pk__in=kept.values("document"))
    if query.original_language:
        documents = documents.filter(original_language=query.original_language)
    return documents.filter(_dated(query)).filter(_recent(query)).order_by()


def _dated(query: StoredQuery) -> Q:
    """That the date may fall between the two; as the list of documents filters."""
    condition = Q()
    if query.dated_from or query.dated_to:
        condition = Q(date_earliest__isnull=False) | Q(date_latest__isnull=False)
    if query.dated_from:
        condition &= Q(date_latest__gte=query.dated_from) | Q(date_latest__isnull=True)
    if query.dated_to:
        condition &= Q(date_earliest__lte=query.dated_to) | Q(date_earliest__isnull=True)
    return condition


def _recent(query: StoredQuery) -> Q:
    """That it became public in so many days; one that is about to be published has no time yet."""
    if not query.published_within:
        return Q()
    since = timezone.now() - timedelta(days=query.published_within)
    return Q(published_at__gte=since) | Q(published_at__isnull=True)


def _with_all_below(collection: int) -> set[int]:
    parents = dict(Collection.objects.order_by().values_list("pk", "parent_id"))
    found = {collection}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def around(query: StoredQuery, queries: Queries) -> list[StoredQuery]:
    """A query and those that it is within."""
    found: list[StoredQuery] = []
    current: StoredQuery | None = query
    while current is not None and current not in found:  # a loop must not hang the worker
        found.append(current)
        current = queries.get(current.within_id) if current.within_id else None
    return found


def _parts(query: StoredQuery, queries: Queries) -> list[str]:
    return [QUERY, *(each.slug for each in reversed(around(query, queries)))]
