"""Which documents name an authority: counted in its list, told on its page, and a filter of the list of documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.admin.facets import CountedFilter
from archive.admin.paging import LongList, LongListAdmin
from archive.models import Agent, Concept, Contribution, Document, Place, Subject
from archive.naming import kind_of
from archive.narrowing import among, few

KINDS: dict[str, type[Agent] | type[Place] | type[Concept]] = {"agent": Agent, "place": Place, "concept": Concept}


def rows_naming(kind: str, keys: Iterable[int]) -> list[QuerySet[Any]]:
    """The rows, with a column ``document``, in which documents name authorities of a kind."""
    named = list(keys)
    rows: list[QuerySet[Any]] = [Subject.objects.order_by().filter(**{f"{kind}__in": named})]
    if kind == "agent":
        rows.append(Contribution.objects.order_by().filter(agent__in=named))
    return rows


class NamedFilter(CountedFilter):
    """Documents that name one authority: ``agent-33``. Reached from the authority; it offers no choice of its own."""

    title = "name"
    parameter_name = "naming"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The authority that was asked for, if there is one."""
        authority = self._authority(request.GET.get(self.parameter_name, ""))
        return [(f"{kind_of(type(authority))}-{authority.pk}", str(authority))] if authority else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> QuerySet[Document]:
        """Those that name it in whatever part."""
        authority = self._authority(self.value() or "")
        if authority is None:
            return queryset
        rows = rows_naming(kind_of(type(authority)), [authority.pk])
        found = [few(each) for each in rows]
        if None not in found:
            return queryset.filter(pk__in=among({pk for each in found for pk in each or ()}))
        named = [Exists(each.filter(document=OuterRef("pk"))) for each in rows]
        return queryset.filter(named[0] | named[1] if len(named) > 1 else named[0])

    def _authority(self, asked: str) -> Any:
        kind, _, key = asked.partition("-")
        if kind not in KINDS or not (key.isascii() and key.isdigit() and len(key) < 19):
            return None
        return KINDS[kind]._default_manager.filter(pk=int(key)).first()


class NamedList(LongList):
    """A list of authorities, with the documents counted of those on the page."""

    def get_results(self, request: HttpRequest) -> None:
        """Count after the page is cut out, so that nothing is counted that nobody looks at."""
        super().get_results(request)
        kind = kind_of(self.model)  # type: ignore[arg-type]  # one of the three
        counts = documents_of(kind, [each.pk for each in self.result_list])
        for each in self.result_list:
            each.documents_naming = counts[each.pk]


class NamedAdmin(LongListAdmin):
    """Authorities, with the way to the documents that name each."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[LongList]:
        """The list that counts."""
        return NamedList

    @admin.display(description="documents")
    def documents(self, authority: Any) -> SafeString | str:
        """How many documents name it, and the way to them."""
        if authority is None or authority.pk is None:
            return "None yet."
        kind = kind_of(self.model)
        held = getattr(authority, "documents_naming", None)
        count = documents_of(kind, [authority.pk])[authority.pk] if held is None else held
        if not count:
            return "–"
        address = f"{reverse('admin:archive_document_changelist')}?{NamedFilter.parameter_name}={kind}-{authority.pk}"
        return format_html('<a href="{}">{}</a>', address, f"{count:,}")


def documents_of(kind: str, keys: Iterable[int]) -> Counter[int]:
    """How many documents name each of these authorities, by key."""
    subjects, *parts = rows_naming(kind, keys)
    for each in parts:  # a document that names an agent in both ways is one
        subjects = subjects.exclude(Exists(each.filter(document=OuterRef("document"), agent=OuterRef("agent"))))
    counts: Counter[int] = Counter()
    for rows in (subjects, *parts):
        counts.update(dict(rows.values_list(kind).annotate(Count("document", distinct=True))))
    return counts
