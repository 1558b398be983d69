"""Agents in the admin: people, offices and families, with all their names."""

from __future__ import annotations

from django.contrib import admin

from archive.admin.authorities import AuthorityAdmin, StandingFilter
from archive.admin.meanwhile import GuardedForm
from archive.models import Agent, AgentName
from archive.rules import refuse_unknown_date


class AgentForm(GuardedForm):
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


@admin.register(Agent)
class AgentAdmin(AuthorityAdmin):
    """Agents; found by any name, here and wherever an agent is chosen."""

    form = AgentForm
    list_display = ("name", "kind", "dates", "also_known_as", "documents", "identifier")
    list_filter = ("kind", StandingFilter)
    search_fields = ("name", "names__value", "=identifier")
    fields = (("name", "sort_name"), ("kind", "dates"), "identifier", "documents", "note")
    names = AgentName
