"""The history of a document or of what documents refer to: its versions, what each changed, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from archive import history, staleness
from archive.admin.differences import told
from archive.admin.meanwhile import Guarded
from archive.admin.queueing import refresh_later
from archive.models import Document, StateChange
from archive.models.document import DocumentQuerySet
from archive.models.revision import Version

#: Entries on one page; each shows a difference.
PER_PAGE = 20


class HistoryPages(admin.ModelAdmin):
    """Django's history page replaced by the thing's own, and a page to restore a version."""

    def get_urls(self) -> list[URLPattern]:
        """Django's own, and the page to restore a version."""
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.restore_view))
        route = "<int:key>/history/<int:number>/restore/"
        return [path(route, view, name=f"archive_{self.opts.model_name}_restore"), *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Versions and changes of state, the latest first."""
        thing = self.get_object(request, unquote(object_id))
        if thing is None:
            raise Http404(f"there is no {self.opts.verbose_name} {object_id}")
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        page = Paginator(moments(thing), PER_PAGE).get_page(request.GET.get(PAGE_VAR, 1))
        context = {
            **self._context(request, thing, f"History of “{thing}”"),
            "page": page,
            "entries": entries(thing, list(page.object_list)),
            "may_restore": self.has_change_permission(request, thing),
            "last": history.last_number(thing.pk, of=self.model),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/archive/history.html", context)

    def restore_view(self, request: HttpRequest, key: int, number: int) -> HttpResponse:
        """Show what restoring a version would change, and do it when that is confirmed."""
        thing = self.get_object(request, str(key))
        revision = thing and history.revisions_of(thing).filter(number=number).select_related("by").first()
        if thing is None or revision is None:
            raise Http404(f"{self.opts.verbose_name} {key} has no version {number}")
        if not self.has_change_permission(request, thing):
            raise PermissionDenied
        last = history.last_number(key, of=self.model)
        if request.method == "POST":
            if request.POST.get("last") == str(last):
                return self._restore(request, thing, revision)
            messages.warning(
                request, f"Somebody changed the {self.opts.verbose_name} meanwhile. Look at the difference again."
            )
        now = history.snapshots([key], of=self.model)[key]
        context = {
            **self._context(request, thing, f"Restore version {number}"),
            "revision": revision,
            "difference": _told(now, revision.contents, of=self.model),
            "last": last,
        }
        return TemplateResponse(request, "admin/archive/restore.html", context)

    def after_restoring(self, request: HttpRequest, key: int) -> None:
        """Let the public see, in the transaction of what was restored."""
        raise NotImplementedError

    def _restore(self, request: HttpRequest, thing: Any, revision: Version) -> HttpResponse:
        try:
            with transaction.atomic():
                history.restore(thing.pk, revision.number, by=request.user, of=self.model)  # type: ignore[arg-type]
                self.log_change(request, thing, f"Restored version {revision.number}.")
                self.after_restoring(request, thing.pk)
        except history.RestoreRefused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse(f"admin:archive_{self.opts.model_name}_history", args=[thing.pk]))
        messages.success(request, f"“{self.get_object(request, str(thing.pk))}” is as it was in {revision}.")
        return HttpResponseRedirect(reverse(f"admin:archive_{self.opts.model_name}_change", args=[thing.pk]))

    def _context(self, request: HttpRequest, thing: Any, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": None,
            "object": thing,
            "opts": self.opts,
            "media": self.media,
            "page_var": PAGE_VAR,
            "preserved_filters": self.get_preserved_filters(request),
            "restore": f"admin:archive_{self.opts.model_name}_restore",
        }


class RememberedEntity(Guarded, HistoryPages):
    """What documents refer to, with a history of its own: each change in a form becomes a version.

    Who is told of a change is what shows it: the documents that ``showing`` finds.
    """

    def showing(self, obj: Any) -> DocumentQuerySet:
        """The documents, public or not, that show what this is called."""
        raise NotImplementedError

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Keep what was there, and save."""
        if change:
            history.keep([obj.pk], of=self.model)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the parts, remember who did it, and let public documents follow."""
        super().save_related(request, form, formsets, change)
        act = history.EDITED if change else history.CREATED
        history.record([form.instance.pk], act=act, by=request.user, of=self.model)  # type: ignore[arg-type]
        if change and (form.changed_data or any(formset.has_changed() for formset in formsets)):
            refresh_later(request, self.showing(form.instance))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete; what tells of it, and what is told of it itself, follows."""
        staleness.mark_around(self.model, [obj.pk])  # before nobody knows any more what is around it
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Delete several in the same way."""
        staleness.mark_around(self.model, list(queryset.values_list("pk", flat=True)))
        super().delete_queryset(request, queryset)

    def after_restoring(self, request: HttpRequest, key: int) -> None:
        """Let the public documents follow that show it."""
        refresh_later(request, self.showing(self.model._default_manager.get(pk=key)))


#: When it happened, whether it was a version or else a change of state, and its primary key.
Moment = tuple[datetime, bool, int]


def moments(thing: models.Model) -> list[Moment]:
    """Everything that happened to a thing, the latest first. Documents alone have a state."""
    versions = history.revisions_of(thing).values_list("at", "pk")
    steps = StateChange.objects.filter(document=thing).values_list("at", "pk") if isinstance(thing, Document) else []
    return sorted([*((at, True, pk) for at, pk in versions), *((at, False, pk) for at, pk in steps)], reverse=True)


def entries(thing: models.Model, chosen: Sequence[Moment]) -> list[tuple[Version | StateChange, SafeString | None]]:
    """What happened at some moments, each version with its difference from the one before."""
    of, all_of_it = type(thing), history.revisions_of(thing)
    steps = StateChange.objects.filter(pk__in=[pk for _, version, pk in chosen if not version])
    step_of = steps.select_related("by").in_bulk()
    shown = all_of_it.filter(pk__in=[pk for _, version, pk in chosen if version]).select_related("by").in_bulk()
    numbers = {number for each in shown.values() for number in (each.number, each.number - 1)}
    contents = dict(all_of_it.filter(number__in=numbers).values_list("number", "contents"))
    found: list[tuple[Version | StateChange, SafeString | None]] = []
    for _, version, pk in chosen:
        if not version:
            found.append((step_of[pk], None))
            continue
        revision = shown[pk]
        before = contents.get(revision.number - 1)
        found.append((revision, _told(before, revision.contents, of=of) if before else None))
    return found


def _told(before: history.Contents, after: history.Contents, *, of: type[models.Model]) -> SafeString:
    changes = history.difference(before, after, of=of)
    return told(changes) if changes else SafeString("<p>Nothing that is shown: only the numbers of an order.</p>")
