"""Readiness in the admin: what a document still lacks for each aggregator, and lists filtered by it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive.admin.facets import CountedFilter
from archive.models import Document, Readiness
from archive.narrowing import FEW, led_to
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
        rows = Readiness.objects.filter(profile=chosen.removeprefix("-"), ready=not chosen.startswith("-"))
        return led_to(queryset, rows)  # type: ignore[arg-type]  # they are documents


def _not_assessed(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Those without readiness. A document is assessed for all profiles at once, so that one is asked for.

    Where most are assessed, finding the others reads the whole archive; so they are found once and then listed.
    """
    profile = next(iter(registry)).name
    rows = Readiness.objects.filter(document=OuterRef("pk"), profile=profile)
    found = list(Document.objects.order_by().filter(~Exists(rows)).values_list("pk", flat=True)[: FEW + 1])
    return documents.filter(pk__in=found) if len(found) <= FEW else documents.filter(~Exists(rows))


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
