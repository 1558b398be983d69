"""Readiness in the admin: what a document still lacks for each aggregator, and lists filtered by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive.admin.facets import CountedFilter
from archive.models import Document, Readiness
from archive.narrowing import among, few, led_to
from archive.readiness import Severity, registry


class ReadinessFilter(CountedFilter):
    """Documents that have what an aggregator insists on, or have not."""

    title = "readiness"
    parameter_name = "ready"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Two choices for each profile, and those that nobody has assessed."""
        choices = [
            choice
            for profile in registry
            for choice in (
                (profile.name, f"ready for {profile.label}"),
                (f"-{profile.name}", f"not ready for {profile.label}"),
            )
        ]
        return [*choices, ("unknown", "not assessed yet")] if choices else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> QuerySet[Document]:
        """Those of the choice; they come out of an index."""
        chosen = self.value() or ""
        if chosen == "unknown":
            return _not_assessed(queryset)
        if registry.get(chosen.removeprefix("-")) is None:
            return queryset
        return led_to(queryset, _rows(chosen))  # type: ignore[arg-type]  # they are documents

    def rows(self) -> QuerySet[Readiness] | None:
        """What was assessed so; None for what was not assessed at all."""
        chosen = self.value() or ""
        return None if chosen == "unknown" else _rows(chosen)

    def tallied(self, keys: Sequence[int]) -> Mapping[str, int]:
        """As it was last assessed."""
        rows = Readiness.objects.order_by().filter(document__in=among(keys))
        counts = Counter[str]()
        for profile, ready, count in rows.values_list("profile", "ready").annotate(Count("pk")):
            counts[profile if ready else f"-{profile}"] = count
        first = next(iter(registry)).name
        counts["unknown"] = len(keys) - counts[first] - counts[f"-{first}"]
        return counts


def _rows(chosen: str) -> QuerySet[Readiness]:
    return Readiness.objects.filter(profile=chosen.removeprefix("-"), ready=not chosen.startswith("-"))


def _not_assessed(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Those without readiness. A document is assessed for all profiles at once, so that one is asked for.

    Where most are assessed, finding the others reads the whole archive; so they are found once and then listed.
    """
    profile = next(iter(registry)).name
    rows = Readiness.objects.filter(document=OuterRef("pk"), profile=profile)
    found = few(Document.objects.filter(~Exists(rows)), "pk")
    return documents.filter(~Exists(rows)) if found is None else documents.filter(pk__in=among(found))


def told(document: Document) -> SafeString | str:
    """What a document lacks for each aggregator, as it was last saved."""
    stored = {row.profile: row for row in Readiness.objects.filter(document=document)}
    profiles = [
        {
            "label": profile.label,
            "ready": stored[profile.name].ready,
            "lacking": [
                (each.severity is Severity.REQUIRED, each.lacking)
                for each in profile.named(stored[profile.name].lacking)
            ],
        }
        for profile in registry
        if profile.name in stored
    ]
    return render_to_string("admin/archive/document/readiness.html", {"profiles": profiles}) if profiles else ""
