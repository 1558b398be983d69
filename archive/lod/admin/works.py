"""What the pages of works have in common: how each stands and how far it is."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from archive.admin.badges import badge
from archive.admin.kept import KeptAdmin


class WorkAdmin(KeptAdmin):
    """Works, the latest first."""

    list_select_related = ("created_by",)
    list_per_page = 50
    ordering = ("-id",)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page of a work looks again by itself as long as a worker is at it."""
        work = kwargs["obj"]
        told = f"{work.get_state_display()}: {work.done:,} of {work.total:,}".capitalize()
        context.update(in_work=work.open, told=told)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="state", ordering="state")
    def standing(self, work: Any) -> SafeString:
        """How it stands, as a badge."""
        return badge(work.state, work.get_state_display())

    @admin.display(description="progress")
    def progress(self, work: Any) -> SafeString:
        """How much is looked at. What came in meanwhile is looked at too."""
        total = max(work.total, work.done)
        bar = '<progress class="fonds-progress" max="{}" value="{}" aria-label="{} of {}"></progress> {} of {}'
        return format_html(bar, max(total, 1), work.done, work.done, total, f"{work.done:,}", f"{total:,}")

    @admin.display(description="begun", ordering="created_at")
    def when(self, work: Any) -> str:
        """When somebody asked for it."""
        return f"{localtime(work.created_at):%Y-%m-%d %H:%M}"
