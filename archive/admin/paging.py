"""Long lists: pages that cost the same at any depth, and counts that stop where nobody needs them to go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest

from archive.narrowing import among, few

#: Rows that a filtered list counts and pages to. Who wants to see more narrows the list, or turns it round.
COUNTED = 5_000

#: Rows of a list that are all looked at, to count the choices of its filters.
LISTED = 20_000


class AtLeast(int):
    """A number that is at least so great; shown as ``5,000+``."""

    def __str__(self) -> str:
        return f"{int(self):,}+"


def counted(rows: QuerySet[Any], most: int = COUNTED) -> int:
    """How many rows there are; beyond ``most``, that there are at least so many."""
    found = rows.order_by()[: most + 1].count()
    return AtLeast(most) if found > most else found


def few_of(rows: QuerySet[Any], found: QuerySet[Any]) -> QuerySet[Any]:
    """``found`` among ``rows``, by key where those are few: what it took to find them is not asked again."""
    keys = few(found, "pk")
    return found if keys is None else rows.filter(pk__in=among(keys))


class LongPaginator(Paginator):
    """Pages of which the keys are looked up first, out of an index, and then those few rows.

    An OFFSET over whole rows reads every one that it passes over.
    """

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        """How many rows there are; exact where the whole table is listed, because that is cheap to count."""
        return counted(self.object_list) if self.object_list.query.where else self.object_list.count()

    def page(self, number: int | str) -> Page:
        """One page, in the order of the list."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        end = min(start + self.per_page, self.count)
        keys = self._keys(start, end)
        rows = self.object_list.order_by().in_bulk(keys)
        return Page([rows[key] for key in keys if key in rows], number, self)

    def _keys(self, start: int, end: int) -> list[Any]:
        """The keys of a page. Those in the second half are counted off from the end."""
        keys = self.object_list.values_list("pk", flat=True)
        if start <= self.count // 2 or isinstance(self.count, AtLeast) or not self.object_list.ordered:
            return list(keys[start:end])
        return list(keys.reverse()[self.count - end : self.count - start])[::-1]


class LongList(ChangeList):
    """A list in which what has the same place follows in the order of ``ties``, downwards where the list goes down.

    Django sorts downwards by key whichever way the list goes, which no index gives.
    """

    @cached_property
    def keys(self) -> list[int] | None:
        """The primary keys of all rows on all pages; None where those are more than ``LISTED``."""
        return few(self.queryset, "pk", most=LISTED)

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """The order that was asked for, and the ties after it in the same direction."""
        ordering = list(super().get_ordering(request, queryset))
        if len(ordering) < 2 or ordering[-1] != "-pk":
            return ordering
        asked = ordering[:-1]
        sign = "-" if _descends(asked[-1]) else ""
        ties: Sequence[str] = getattr(self.model_admin, "ties", ("pk",))
        return [*asked, *(f"{sign}{tie}" for tie in ties if tie not in map(_named, asked))]

    def get_ordering_field(self, field_name: Any) -> Any:
        """What a column is sorted by."""
        sorted_by: Mapping[str, Any] = getattr(self.model_admin, "sorted_by", {})
        return sorted_by.get(field_name) or super().get_ordering_field(field_name)


class LongListAdmin(admin.ModelAdmin):
    """Base of admin classes whose lists may be long."""

    paginator = LongPaginator
    show_full_result_count = False  # one count of the table less, on every page
    ties: Sequence[str] = ("pk",)
    #: Expressions by which columns are sorted that are too long for an index.
    sorted_by: ClassVar[Mapping[str, Any]] = {}

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list above."""
        return LongList

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[Any, bool]:
        """Those that answer, looked for once where they are few, and not again for their number and for the page."""
        found, doubles = super().get_search_results(request, queryset, search_term)
        return (few_of(queryset, found), False) if search_term and not doubles else (found, doubles)


def _descends(part: Any) -> bool:
    return part.descending if isinstance(part, OrderBy) else str(part).startswith("-")


def _named(part: Any) -> str:
    """The column of a part of an order; empty for an expression."""
    return part.lstrip("-") if isinstance(part, str) else ""
