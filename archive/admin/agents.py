"""Agents in the admin: people, offices and families, with all their names."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from archive import tasks
from archive.admin.queueing import queue
from archive.admin.wording import WRITTEN, WrittenForm
from archive.models import Agent, AgentName, Document


class NameInline(admin.TabularInline):
    """The names beside the preferred one."""

    model = AgentName
    form = WrittenForm
    formfield_overrides: ClassVar = WRITTEN
    extra = 0
    fields = ("value", "kind", "language")
    verbose_name = "further name"


@admin.register(Agent)
class AgentAdmin(admin.ModelAdmin):
    """Agents; found by any name, here and wherever an agent is chosen."""

    form = WrittenForm
    formfield_overrides: ClassVar = WRITTEN
    list_display = ("name", "kind", "also_known_as", "identifier")
    list_filter = ("kind",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("name", "names__value", "=identifier")
    search_help_text = "Any name, pseudonyms and variants too."
    fields = ("name", "kind", "identifier")
    inlines = (NameInline,)

    class Media:
        css: ClassVar = {"all": ["archive/admin.css"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the names, fetched once for the whole page."""
        return super().get_queryset(request).prefetch_related("names")

    def get_readonly_fields(self, request: HttpRequest, obj: Agent | None = None) -> tuple[str, ...]:
        """An identifier is part of addresses that others keep: chosen once, it stays."""
        return ("identifier",) if obj else ()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the names; then let every public document that names the agent show what changed."""
        super().save_related(request, form, formsets, change)
        if change and form.changed_data:
            public = Document.objects.public().filter(contributions__agent=form.instance).order_by("pk")
            queue(request, tasks.refresh, public.distinct().values_list("pk", flat=True))

    @admin.display(description="also known as")
    def also_known_as(self, agent: Agent) -> str:
        """The further names."""
        return ", ".join(name.value for name in agent.names.all())
