"""Merging authorities in the admin: an action with a page in between, and a button that undoes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from archive import merging, tasks
from archive.admin.queueing import queue
from archive.naming import documents_naming

#: Authorities that can be merged in one go, and are shown on one page.
MOST = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the selected authorities, and what the archivist sees of it."""

    authority: Any
    documents: int
    names: str
    kept: bool


class MergeActions(admin.ModelAdmin):
    """The action and the button."""

    actions: Sequence[Any] = ("merge",)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Whether this user may merge authorities and take them apart again."""
        return request.user.has_perm("archive.merge_authority")

    def get_urls(self) -> list[URLPattern]:
        """Django's own, and the address that undoes a merge."""
        view = self.admin_site.admin_view(self.undo_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_undo_merge"
        return [path("<int:pk>/undo-merge/", view, name=name), *super().get_urls()]

    @admin.action(permissions=["merge"], description="Merge selected…")
    def merge(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Show what would become of them; when that is confirmed, make them one."""
        selected = list(queryset.filter(merged_into__isnull=True).order_by("pk")[: MOST + 1])
        if not 2 <= len(selected) <= MOST:
            messages.warning(request, f"Select from two to {MOST} that are the same and were not merged already.")
            return None
        kept = self._kept(request, selected)
        others = [each for each in selected if each != kept]
        if "_merge" in request.POST:
            return self._merge(request, kept, others)
        return self._ask(request, selected, kept, others)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take one out of another again."""
        if not self.has_merge_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        merged = get_object_or_404(self.model, pk=pk)
        merge = merging.standing(merged)
        back = HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk]))
        if merge is None:
            messages.warning(request, f"“{merged}” is not merged into another, so there is nothing to undo.")
            return back
        try:
            merging.undo(merge, by=cast("User", request.user))
        except merging.MergeRefused as refusal:
            messages.error(request, str(refusal))
            return back
        self._log(request, merged, "Took it apart again.")
        said = f"“{merged}” stands on its own again, with everything that was moved from it."
        messages.success(request, said)
        queue(request, tasks.refresh, merging.affected(merge))
        return back

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With where it went, if it was merged, and the button."""
        obj = kwargs.get("obj")
        if obj and obj.merged_into_id:
            context["merge"] = merging.standing(obj)
            context["merged_into"] = obj.merged_into
            context["may_undo"] = bool(context["merge"]) and self.has_merge_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    change_form_template = "admin/archive/authority_change_form.html"

    def _kept(self, request: HttpRequest, selected: Sequence[Any]) -> Any:
        """The one chosen to be kept; before anybody chose, the one that most documents name."""
        chosen = request.POST.get("kept", "")
        by_key = {str(each.pk): each for each in selected}
        return by_key.get(chosen) or max(selected, key=lambda each: documents_naming(each).count())

    def _merge(self, request: HttpRequest, kept: Any, others: Sequence[Any]) -> HttpResponse | None:
        """All of them or none."""
        documents: set[int] = set()
        dropped = 0
        try:
            with transaction.atomic():
                for each in others:
                    merge = merging.merge(kept, each, by=cast("User", request.user))
                    documents.update(merging.affected(merge))
                    dropped += len(merge.moved["dropped"])
                    self._log(request, kept, f"Merged “{each}” ({each.identifier}) into it.")
                    self._log(request, each, f"Merged into “{kept}” ({kept.identifier}).")
        except merging.MergeRefused as refusal:
            messages.error(request, f"Nothing was merged. {refusal}")
            return None
        names = ", ".join(f"“{each}”" for each in others)
        twice = f" {dropped} of what it had already was dropped." if dropped else ""
        messages.success(
            request,
            f"{names} merged into “{kept}”; the old addresses lead there.{twice} "
            "It can be undone on the page of the merged one.",
        )
        queue(request, tasks.refresh, sorted(documents))
        return None

    def _ask(self, request: HttpRequest, selected: Sequence[Any], kept: Any, others: Sequence[Any]) -> TemplateResponse:
        """The page between: it posts the same selection back, to the same address."""
        previews, refusals = [], []
        for each in others:
            try:
                previews.append(merging.preview(kept, each))
            except merging.MergeRefused as refusal:
                refusals.append(str(refusal))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Merge {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "media": self.media,
            "kept": kept,
            "choices": [self._choice(each, kept) for each in selected],
            "previews": previews,
            "refusals": refusals,
            "checkbox": ACTION_CHECKBOX_NAME,
            "select_across": request.POST.get("select_across", "0"),
        }
        return TemplateResponse(request, "admin/archive/merge.html", context)

    def _choice(self, authority: Any, kept: Any) -> Choice:
        listed = ", ".join(merging.names_of(authority).values_list("value", flat=True)[:10])
        return Choice(authority, documents_naming(authority).count(), listed, authority == kept)

    def _log(self, request: HttpRequest, authority: Any, message: str) -> None:
        LogEntry.objects.log_actions(
            cast("int", request.user.pk), [authority], CHANGE, change_message=message, single_object=True
        )
