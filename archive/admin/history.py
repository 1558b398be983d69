"""The history of a document: its versions, what each changed, and the way back to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from archive import history, tasks
from archive.admin.differences import told
from archive.admin.queueing import queue
from archive.models import Document, Revision, StateChange
from archive.readiness import assess

#: Entries on one page; each shows a difference.
PER_PAGE = 20


class HistoryPages(admin.ModelAdmin):
    """Django's history page replaced by the document's own, and a page to restore a version."""

    def get_urls(self) -> list[URLPattern]:
        """Django's own, and the page to restore a version."""
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.restore_view))
        route = "<int:document_id>/history/<int:number>/restore/"
        return [path(route, view, name="archive_document_restore"), *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Versions and changes of state, the latest first."""
        document: Document | None = self.get_object(request, unquote(object_id))
        if document is None:
            raise Http404(f"there is no document {object_id}")
        if not self.has_view_or_change_permission(request, document):
            raise PermissionDenied
        page = Paginator(moments(document), PER_PAGE).get_page(request.GET.get(PAGE_VAR, 1))
        context = {
            **self._context(request, document, f"History of “{document}”"),
            "page": page,
            "entries": entries(document, list(page.object_list)),
            "may_restore": self.has_change_permission(request, document),
            "last": history.last_number(document.pk),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/archive/document/history.html", context)

    def restore_view(self, request: HttpRequest, document_id: int, number: int) -> HttpResponse:
        """Show what restoring a version would change, and do it when that is confirmed."""
        document: Document | None = self.get_object(request, str(document_id))
        revision = Revision.objects.filter(document=document_id, number=number).select_related("by").first()
        if document is None or revision is None:
            raise Http404(f"document {document_id} has no version {number}")
        if not self.has_change_permission(request, document):
            raise PermissionDenied
        last = history.last_number(document_id)
        if request.method == "POST":
            if request.POST.get("last") == str(last):
                return self._restore(request, document, revision)
            messages.warning(request, "Somebody changed the document meanwhile. Look at the difference again.")
        now = history.snapshots([document_id])[document_id]
        context = {
            **self._context(request, document, f"Restore version {number}"),
            "revision": revision,
            "difference": _told(now, revision.contents),
            "last": last,
        }
        return TemplateResponse(request, "admin/archive/document/restore.html", context)

    def _restore(self, request: HttpRequest, document: Document, revision: Revision) -> HttpResponse:
        try:
            history.restore(document.pk, revision.number, by=request.user)  # type: ignore[arg-type]
        except history.RestoreRefused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:archive_document_history", args=[document.pk]))
        self.log_change(request, document, f"Restored version {revision.number}.")
        assess([document.pk])
        messages.success(request, f"“{revision.contents['fields'].get('title')}” is as it was in {revision}.")
        if document.published:
            queue(request, tasks.refresh, [document.pk], said="The public page will follow in a moment.")
        return HttpResponseRedirect(reverse("admin:archive_document_change", args=[document.pk]))

    def _context(self, request: HttpRequest, document: Document, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": None,
            "object": document,
            "opts": self.opts,
            "media": self.media,
            "page_var": PAGE_VAR,
            "preserved_filters": self.get_preserved_filters(request),
        }


Moment = tuple[Any, type[Revision] | type[StateChange], int]


def moments(document: Document) -> list[Moment]:
    """Everything that happened to a document, the latest first: when, of which kind, and its primary key."""
    found: list[Moment] = [
        (at, model, pk)
        for model in (Revision, StateChange)
        for at, pk in model._default_manager.filter(document=document).values_list("at", "pk")
    ]
    return sorted(found, key=lambda moment: (moment[0], moment[1] is Revision, moment[2]), reverse=True)


def entries(document: Document, chosen: Sequence[Moment]) -> list[tuple[Revision | StateChange, SafeString | None]]:
    """What happened at some moments, each version with its difference from the one before."""
    wanted = {model: [pk for _, of, pk in chosen if of is model] for model in (Revision, StateChange)}
    steps = StateChange.objects.filter(pk__in=wanted[StateChange]).select_related("by").in_bulk()
    shown = Revision.objects.filter(pk__in=wanted[Revision]).select_related("by").in_bulk()
    numbers = {number for each in shown.values() for number in (each.number, each.number - 1)}
    contents = dict(document.revisions.filter(number__in=numbers).values_list("number", "contents"))
    found: list[tuple[Revision | StateChange, SafeString | None]] = []
    for _, model, pk in chosen:
        if model is StateChange:
            found.append((steps[pk], None))
        else:
            revision = shown[pk]
            before = contents.get(revision.number - 1)
            found.append((revision, _told(before, revision.contents) if before else None))
    return found


def _told(before: history.Contents, after: history.Contents) -> SafeString:
    changes = history.difference(before, after)
    return told(changes) if changes else SafeString("<p>Nothing that is shown: only the numbers of an order.</p>")
