"""Counts beside the choices of a filter: shown when somebody asks for them, and no further than anybody reads."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from archive.admin.paging import counted

#: Documents counted for one choice; more are shown as ``1,000+``.
BOUND = 1000
#: Choices that a filter offers.
CHOICES = 50


class CountedFilter(admin.SimpleListFilter):
    """A filter that counts each of its choices by itself, as far as ``BOUND``.

    Django counts all choices of a filter in one query over the whole archive. Each of these stops when it has
    counted enough.
    """

    def get_facet_queryset(self, changelist: ChangeList) -> dict[str, int]:
        """What each choice would leave of the list as the other filters leave it."""
        others: QuerySet[Any] = changelist.get_queryset(self.request, exclude_parameters=self.expected_parameters())
        name = str(self.parameter_name)
        asked = self.used_parameters.get(name)
        counts = {}
        for place, (value, _) in enumerate(self.lookup_choices):
            self.used_parameters[name] = value
            counts[f"{place}__c"] = counted(self._narrowed(self.request, others), BOUND)
        self.used_parameters[name] = asked  # type: ignore[assignment]  # None stands for no choice
        return counts

    def _narrowed(self, request: HttpRequest, others: QuerySet[Any]) -> QuerySet[Any]:
        narrowed = self.queryset(request, others)
        return others if narrowed is None else narrowed
