"""Steering from the admin: cancel and retry, the same for accessions and for jobs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.timezone import localtime

from archive.accession.submission import UNREACHABLE
from archive.admin.kept import KeptAdmin

QUEUE_SILENT = "The message queue does not answer. What you asked for is written down, and begins when it does."


class SteeredAdmin(KeptAdmin):
    """What a worker works on: kept as it is, and yet stopped or taken up again."""

    #: What the rows of the work are called.
    rows = "documents"

    @admin.display(description="created", ordering="created_at")
    def when(self, obj: Any) -> str:
        """When somebody asked for it, in as few characters as the list has room for."""
        return f"{localtime(obj.created_at):%Y-%m-%d %H:%M}"

    def may_steer(self, request: HttpRequest, obj: Any) -> bool:
        """Whether this user may cancel and retry."""
        raise NotImplementedError

    def cancel_work(self, obj: Any) -> bool:
        """Cancel; False if it had ended already."""
        raise NotImplementedError

    def retry_work(self, obj: Any) -> int:
        """Retry; how many rows are taken up again."""
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        """Django's own, and one for each thing that can be asked."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("<int:pk>/cancel/", self.asked(self.cancel_view), name=f"{name}_cancel"),
            path("<int:pk>/retry/", self.asked(self.retry_view), name=f"{name}_retry"),
            *super().get_urls(),
        ]

    def asked(self, view: Callable[[HttpRequest, Any], HttpResponse]) -> Callable[..., Any]:
        """A view that changes something: only by POST, only for who may, and back to the page of it."""

        def checked(request: HttpRequest, pk: int) -> HttpResponse:
            obj = get_object_or_404(self.model, pk=pk)
            if not (self.has_view_permission(request, obj) and self.may_steer(request, obj)):
                raise PermissionDenied
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            try:
                return view(request, obj)
            except UNREACHABLE:
                messages.warning(request, QUEUE_SILENT)
                return self.back_to(obj)

        return self.admin_site.admin_view(checked)

    def back_to(self, obj: Any) -> HttpResponse:
        """To the page of what is worked on."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return HttpResponseRedirect(reverse(f"admin:{name}_change", args=[obj.pk]))

    def cancel_view(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stop."""
        if self.cancel_work(obj):
            self.log_change(request, obj, "Asked to cancel.")
            messages.success(request, f"No further {self.rows} will be taken up. What is in work comes to its end.")
        else:
            messages.warning(request, f"{obj} had ended already; nothing was cancelled.")
        return self.back_to(obj)

    def retry_view(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Once more."""
        if count := self.retry_work(obj):
            self.log_change(request, obj, f"Asked to retry {count}.")
            messages.success(request, f"Queued again: {count:,} {self.rows}.")
        else:
            messages.warning(request, "There is nothing to retry.")
        return self.back_to(obj)
