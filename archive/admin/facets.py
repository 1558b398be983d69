"""Counts beside the choices of a filter: shown when somebody asks for them, and no further than anybody reads.

Of a list that has been narrowed, all choices of a filter are counted in one pass over its documents. Of a long one,
each choice is counted by itself, and only so far: its first thousand documents come soon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, QuerySet

from archive.admin import paging
from archive.admin.paging import AtLeast, LongList, counted
from archive.models import Document
from archive.narrowing import among, few

#: Documents counted for one choice; more are shown as ``1,000+``.
BOUND = 1000
#: Choices that a filter offers.
CHOICES = 50


class CountedFilter(admin.SimpleListFilter):
    """A filter of documents that counts its choices; of a long list, each as far as ``BOUND``.

    Django counts all choices of a filter in one query over the whole archive.
    """

    def get_facet_queryset(self, changelist: ChangeList) -> dict[str, int]:
        """What each choice would leave of the list as the other filters leave it."""
        others, keys = self._others(changelist)
        counts = self._counted(others) if keys is None else self.tallied(keys)
        return {f"{place}__c": counts.get(value, 0) for place, (value, _) in enumerate(self.lookup_choices)}

    def rows(self) -> QuerySet[Any] | None:
        """The rows that lead to those of the choice by a column ``document``; None where a document says it itself."""
        return None

    def tallied(self, keys: Sequence[int]) -> Mapping[str, int]:
        """How many of some documents each choice would leave, by its value; a choice that is not there leaves none.

        Filters of many choices say so in one pass; here each choice is counted by itself.
        """
        return self._counted(Document.objects.order_by().filter(pk__in=among(keys)))

    def _others(self, changelist: ChangeList) -> tuple[QuerySet[Any], list[int] | None]:
        """The list as the other filters leave it, and its keys where those are not too many."""
        own = self.expected_parameters()
        if isinstance(changelist, LongList) and not set(own) & set(changelist.filter_params):
            return changelist.queryset.order_by(), changelist.keys
        others: QuerySet[Any] = changelist.get_queryset(self.request, exclude_parameters=own).order_by()
        # Without a filter it is the whole archive.
        return others, few(others, "pk", most=paging.LISTED) if others.query.where else None

    def _counted(self, documents: QuerySet[Any]) -> dict[str, int]:
        counts = {}
        for value, _ in self.lookup_choices:
            with self._chosen(value):
                counts[str(value)] = self._count_of_choice(documents)
        return counts

    def _count_of_choice(self, documents: QuerySet[Any]) -> int:
        """How many of many documents the choice leaves: where rows lead to them, these come out of an index."""
        rows = self.rows()
        if rows is None:
            left = self.queryset(self.request, documents)
            return counted(documents if left is None else left, BOUND)
        if documents.query.where:
            rows = rows.filter(Exists(documents.filter(pk=OuterRef("document"))))
        return _led_to_by(rows.order_by())

    @contextmanager
    def _chosen(self, value: Any) -> Iterator[None]:
        """As if this choice had been made, until the end of the block."""
        name = str(self.parameter_name)
        asked = self.used_parameters.get(name)
        self.used_parameters[name] = value
        yield
        self.used_parameters[name] = asked  # type: ignore[assignment]  # None stands for no choice


def _led_to_by(rows: QuerySet[Any]) -> int:
    """How many documents rows lead to, as far as ``BOUND``.

    PostgreSQL reads all rows before it tells the first of the different ones, so that a part of them is looked at here.
    """
    part = list(rows.values_list("document", flat=True)[: 2 * BOUND + 1])
    found = len(set(part))
    if found > BOUND:
        return AtLeast(BOUND)
    return found if len(part) <= 2 * BOUND else counted(rows.values("document").distinct(), BOUND)
