"""Editing in bulk: choose what is to be done to a selection, see the difference, and start a job.

The pages between post the same selection back to the list, with its filters in the address: so a job is on the
whole filtered result where that was selected. What was seen is what is done: if the selection has changed since
the difference was shown, it is shown again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from archive import jobs
from archive.admin.bulk_forms import FORMS, OperationForm
from archive.models.document import DocumentQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PERMISSION = "archive.bulk_edit_document"


class BulkActions(admin.ModelAdmin):
    """The action on the list of documents."""

    def has_bulk_permission(self, request: HttpRequest) -> bool:
        """Whether this user may start jobs, and any operation at all."""
        return bool(request.user.has_perm(PERMISSION) and _offered(request))

    @admin.action(permissions=["bulk"], description="Edit all in bulk…")
    def edit_in_bulk(self, request: HttpRequest, queryset: DocumentQuerySet) -> HttpResponse:
        """Ask what to do, show what that would change, and let a worker do it."""
        name = request.POST.get("operation")
        if not name:
            return self._choose(request, queryset, None)
        form = self._filled_in(request, name)
        if not form.is_valid():
            return self._choose(request, queryset, form)
        operation = form.asked_for()
        preview = jobs.preview(operation, queryset)
        if request.POST.get("mark") == preview.mark and preview.changing:
            return self._start(request, operation, queryset)
        context = {
            "title": operation.label,
            "form": form,
            "operation": operation,
            "preview": preview,
            "moved": "mark" in request.POST,
        }
        return self._page(request, "preview", context)

    def _filled_in(self, request: HttpRequest, name: str) -> OperationForm:
        """The form of the operation that was chosen, as it came.

        :raises PermissionDenied: if it is not one that this user may choose.
        """
        for form in _offered(request):
            if form.operation.name == name:
                return form(request.POST, site=self.admin_site)
        raise PermissionDenied

    def _choose(
        self, request: HttpRequest, documents: DocumentQuerySet, filled_in: OperationForm | None
    ) -> HttpResponse:
        forms = [filled_in if isinstance(filled_in, form) else form(site=self.admin_site) for form in _offered(request)]
        context = {
            "title": "Edit in bulk",
            "forms": forms,
            "filled_in": filled_in,
            "count": documents.count(),
            "form_media": sum((form.media for form in forms), Media()),
        }
        return self._page(request, "choose", context)

    def _page(self, request: HttpRequest, name: str, context: Mapping[str, object]) -> HttpResponse:
        """A page between, which posts the same selection back to the same address."""
        again = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "checkbox": ACTION_CHECKBOX_NAME,
            "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", "0"),
            "back": f"{reverse('admin:archive_document_changelist')}?{request.GET.urlencode()}",
        }
        return TemplateResponse(request, f"admin/archive/document/bulk_{name}.html", {**again, **context})

    def _start(self, request: HttpRequest, operation: jobs.Operation, documents: DocumentQuerySet) -> HttpResponse:
        job = jobs.submit(operation, documents, by=cast("User", request.user))
        stands = "is queued" if job.open else "is done"
        messages.success(request, f"{job} {stands}: {job.label}, on {job.total:,} documents.")
        if request.user.has_perm("archive.view_job"):
            return HttpResponseRedirect(reverse("admin:archive_job_change", args=[job.pk]))
        return HttpResponseRedirect(reverse("admin:archive_document_changelist"))


def _offered(request: HttpRequest) -> list[type[OperationForm]]:
    """The operations that this user may choose."""
    return [form for form in FORMS if request.user.has_perm(form.operation.permission)]
