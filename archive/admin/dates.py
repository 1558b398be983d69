"""Dates in the admin: a filter by years, months or days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ERROR_FLAG, PAGE_VAR, ChangeList
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from archive.models import Document
from archive.rules import Bounds, refuse_unknown_date


class DateFilter(admin.ListFilter):
    """Documents whose date may fall between two dates, both included; either can be left out.

    A document of "195X" may be of 1951, so it is found there. Documents without a date are found only without
    this filter.
    """

    title = "date"
    template = "admin/archive/document/date_filter.html"
    FROM, TO = "dated_from", "dated_to"

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        for name in (self.FROM, self.TO):
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1].strip()

    def expected_parameters(self) -> list[str | None]:
        """The names of the two inputs."""
        return [self.FROM, self.TO]

    def has_output(self) -> bool:
        """It can always be used."""
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> QuerySet[Document]:
        """The documents in the span of time; a date that is none is told of, and passed over."""
        first = self._bounds(request, self.FROM)[0]
        last = self._bounds(request, self.TO)[1]
        dated = Q(date_earliest__isnull=False) | Q(date_latest__isnull=False)
        if first:
            queryset = queryset.filter(dated, Q(date_latest__gte=first) | Q(date_latest__isnull=True))
        if last:
            queryset = queryset.filter(dated, Q(date_earliest__lte=last) | Q(date_earliest__isnull=True))
        return queryset

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """One form instead of a list of links."""
        own = (self.FROM, self.TO, PAGE_VAR, ERROR_FLAG)
        yield {
            "selected": any(self.used_parameters.values()),
            "query_string": changelist.get_query_string(remove=[self.FROM, self.TO]),
            "others": [(k, v) for k, values in self.request.GET.lists() for v in values if k not in own],
            "first": self.used_parameters.get(self.FROM, ""),
            "last": self.used_parameters.get(self.TO, ""),
        }

    def _bounds(self, request: HttpRequest, name: str) -> Bounds:
        try:
            return refuse_unknown_date(str(self.used_parameters.get(name, "")))
        except ValidationError as error:
            messages.warning(request, f"{error.messages[0]} The filter passes it over.")
            return None, None
