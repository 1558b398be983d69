"""Agents in the admin: people, offices and families, with all their names."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from archive.admin.authorities import AuthorityAdmin, StandingFilter
from archive.admin.dates import refuse_unknown_date
from archive.admin.links import LinkInline
from archive.admin.wording import WRITTEN, WrittenForm
from archive.models import Agent, AgentName


class AgentForm(WrittenForm):
    """An agent; the dates of its life are EDTF."""

    class Meta:
        help_texts = {
            "sort_name": "The form under which it is filed, where that differs: Stalin, Joseph.",
            "dates": "EDTF interval of a life, or of the existence of a body: 1878-12-18/1953-03-05.",
        }

    def clean_dates(self) -> str:
        """The interval, if it is one."""
        edtf: str = self.cleaned_data["dates"]
        refuse_unknown_date(edtf)
        return edtf


class NameInline(admin.TabularInline):
    """The names beside the preferred one."""

    model = AgentName
    form = WrittenForm
    formfield_overrides: ClassVar = WRITTEN
    extra = 0
    fields = ("value", "kind", "language")
    verbose_name = "further name"


class AgentLinkInline(LinkInline):
    """Links of an agent."""

    fk_name = "agent"


@admin.register(Agent)
class AgentAdmin(AuthorityAdmin):
    """Agents; found by any name, here and wherever an agent is chosen."""

    form = AgentForm
    list_display = ("name", "kind", "dates", "also_known_as", "identifier")
    list_filter = ("kind", StandingFilter)
    search_fields = ("name", "names__value", "=identifier")
    fields = (("name", "sort_name"), ("kind", "dates"), "identifier", "note")
    inlines = (NameInline, AgentLinkInline)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the names, fetched once for the whole page."""
        return super().get_queryset(request).prefetch_related("names")

    @admin.display(description="also known as")
    def also_known_as(self, agent: Agent) -> str:
        """The further names."""
        return ", ".join(name.value for name in agent.names.all())
