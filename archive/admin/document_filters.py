"""Filters of the list of documents: state, collection, language, problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan
from django.http import HttpRequest

from archive.admin.facets import CHOICES, CountedFilter
from archive.models import Collection, Document
from archive.models.document import State
from archive.narrowing import among, few, led_to
from archive.vocab.languages import name_of

#: The languages there are, one step through the index for each: documents are many, languages few.
_LANGUAGES = """
    WITH RECURSIVE each_one(tag) AS (
        SELECT min(original_language) FROM archive_document
        UNION ALL
        SELECT (SELECT min(original_language) FROM archive_document WHERE original_language > each_one.tag)
        FROM each_one WHERE each_one.tag IS NOT NULL
    )
    SELECT tag FROM each_one WHERE tag IS NOT NULL
"""
#: What stands for no language in an address.
NO_LANGUAGE = "-"


class StateFilter(CountedFilter):
    """Documents in one state."""

    title = "state"
    parameter_name = "state__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every state."""
        return list(State.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> QuerySet[Document]:
        """Those in the state."""
        return queryset.filter(state=self.value()) if self.value() else queryset

    def tallied(self, keys: Sequence[int]) -> Mapping[str, int]:
        """By the column."""
        return tallied_by("state", keys)


class LanguageFilter(CountedFilter):
    """Documents written in one language."""

    title = "original language"
    parameter_name = "original_language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The languages that there are, by name."""
        with connection.cursor() as cursor:
            cursor.execute(_LANGUAGES)
            tags = [tag for (tag,) in cursor.fetchall()]
        named = sorted(((tag, _named(tag)) for tag in tags if tag), key=lambda choice: choice[1])
        return [*named[:CHOICES], *([(NO_LANGUAGE, "not known")] if "" in tags else [])]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> QuerySet[Document]:
        """Those in the language."""
        asked = self.value()
        return queryset.filter(original_language="" if asked == NO_LANGUAGE else asked) if asked else queryset

    def tallied(self, keys: Sequence[int]) -> Mapping[str, int]:
        """By the column."""
        return {tag or NO_LANGUAGE: count for tag, count in tallied_by("original_language", keys).items()}


class CollectionFilter(CountedFilter):
    """Documents in a collection or in one below it.

    Few collections are shown as a tree; of many, those at the top, and around the one that is chosen.
    """

    title = "collection"
    parameter_name = "collections__id__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The tree, indented."""
        rows = Collection.objects.order_by("title", "id").values_list("pk", "parent_id", "title")
        children: dict[int | None, list[tuple[int, str]]] = {}
        self.parents: dict[int, int | None] = {}
        for pk, parent, title in rows:
            children.setdefault(parent, []).append((pk, title))
            self.parents[pk] = parent
        opened = None if len(self.parents) <= CHOICES else {None, *self._above(self._asked())}
        return list(_tree(children, opened))[:CHOICES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> QuerySet[Document]:
        """Those in it and in what is below it; none, where there is no such collection."""
        if not self.value():
            return queryset
        return led_to(queryset, self.rows()) if self._asked() else queryset.none()  # type: ignore[arg-type]  # they are documents

    def rows(self) -> QuerySet[Any]:
        """The places of documents in the collection and those below it."""
        return Document.collections.through.objects.filter(collection__in=self._below(self._asked()))

    def tallied(self, keys: Sequence[int]) -> Mapping[str, int]:
        """Each document once, in however many collections of a branch it is."""
        held: dict[int, set[int]] = {}
        rows = Document.collections.through.objects.order_by().filter(document__in=among(keys))
        for collection, document in rows.values_list("collection_id", "document_id"):
            held.setdefault(collection, set()).add(document)
        branches = {value: self._below(int(value)) for value, _ in self.lookup_choices}
        return {
            value: len(set[int]().union(*(held[each] for each in branch & set(held))))
            for value, branch in branches.items()
        }

    def _asked(self) -> int | None:
        asked = self.value() or ""
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
        return number if number in self.parents else None

    def _above(self, collection: int | None) -> set[int]:
        """A collection and those around it."""
        found: set[int] = set()
        while collection is not None and collection not in found:
            found.add(collection)
            collection = self.parents[collection]
        return found

    def _below(self, collection: int | None) -> set[int]:
        """A collection and those within it."""
        found = set() if collection is None else {collection}
        while more := {pk for pk, parent in self.parents.items() if parent in found} - found:
            found |= more
        return found


class ProblemFilter(CountedFilter):
    """Documents that could not be published or refreshed."""

    title = "problem"
    parameter_name = "problem"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """One choice beside all."""
        return [("publication", "could not be published")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> QuerySet[Document]:
        """Those with an error; they come out of the index on its length."""
        if self.value() != "publication":
            return queryset
        failed = Document.objects.order_by().filter(GreaterThan(Length("publication_error"), 0))
        found = few(failed, "pk")
        return queryset.filter(pk__in=failed.values("pk")) if found is None else queryset.filter(pk__in=among(found))


def tallied_by(column: str, keys: Sequence[int]) -> dict[str, int]:
    """How many of some documents have each value of a column."""
    documents = Document.objects.order_by().filter(pk__in=among(keys))
    return dict(documents.values_list(column).annotate(Count("pk")))


def _named(tag: str) -> str:
    name = name_of(tag)
    return f"{name} ({tag})" if name else tag


def _tree(
    children: Mapping[int | None, list[tuple[int, str]]],
    opened: set[Any] | None,
    above: int | None = None,
    deep: int = 0,
) -> Iterator[tuple[str, str]]:
    """The collections below one, each followed by those below it; only within ``opened``, unless that is None."""
    if opened is not None and above not in opened:
        return
    for pk, title in children.get(above, ()):
        yield str(pk), f"{'– ' * deep}{title}"
        yield from _tree(children, opened, pk, deep + 1)
