"""Readiness in the admin: what a document still lacks for each aggregator, and lists filtered by it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from archive.models import Document, Readiness
from archive.readiness import Severity, registry


class ReadinessFilter(admin.SimpleListFilter):
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
            return queryset.exclude(pk__in=Readiness.objects.values("document"))
        if registry.get(chosen.removeprefix("-")) is None:
            return queryset
        rows = Readiness.objects.filter(profile=chosen.removeprefix("-"), ready=not chosen.startswith("-"))
        return queryset.filter(pk__in=rows.values("document"))


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
