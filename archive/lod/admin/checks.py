"""Checks of shapes in the admin: begin one, see how far it is, and go from each failure to its record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from archive import uris
from archive.accession.submission import UNREACHABLE
from archive.admin.steering import QUEUE_SILENT
from archive.lod import tasks
from archive.lod.admin.works import WorkAdmin
from archive.lod.models import ShapeCheck, ShapeFailure
from archive.lod.namespaces import NAMESPACES
from archive.lod.shapes import checking
from archive.publication.retelling import TELLERS

#: Failures that the page of a check lists.
LISTED = 200
BEGIN = "archive_lod.add_shapecheck"


@admin.register(ShapeCheck)
class ShapeCheckAdmin(WorkAdmin):
    """Checks."""

    list_display = ("__str__", "standing", "progress", "failing", "created_by", "when")
    fields = ("standing", "progress", "failing", "message", "created_by", "created_at", "finished_at")
    readonly_fields = fields
    change_list_template = "admin/archive_lod/shapecheck/change_list.html"
    change_form_template = "admin/archive_lod/shapecheck/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        """Django's own, and the button."""
        begin = self.admin_site.admin_view(self.begin_view)
        return [path("begin/", begin, name="archive_lod_shapecheck_begin"), *super().get_urls()]

    def begin_view(self, request: HttpRequest) -> HttpResponse:
        """Let a worker check everything."""
        if not request.user.has_perm(BEGIN):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            check = checking.begin(by=request.user)  # type: ignore[arg-type]  # nobody anonymous comes this far
            tasks.check_shapes.delay(check.pk)
        except checking.OneIsRunning as refusal:
            messages.warning(request, str(refusal))
        except UNREACHABLE:
            messages.warning(request, QUEUE_SILENT)
        return HttpResponseRedirect(reverse("admin:archive_lod_shapecheck_changelist"))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """With the button, for who may."""
        return super().changelist_view(request, {**(extra_context or {}), "may_begin": request.user.has_perm(BEGIN)})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With the failures."""
        failures = list(kwargs["obj"].failures.all()[: LISTED + 1])
        context.update(rows=list(_rows(failures[:LISTED])), more=len(failures) > LISTED, listed=LISTED)
        return super().render_change_form(request, context, *args, **kwargs)


def _rows(failures: Iterable[ShapeFailure]) -> Iterable[dict[str, Any]]:
    """Each failure with the page of its record in the admin, and the address of its data."""
    for each in failures:
        model = "document" if each.kind == "document" else TELLERS[each.kind].model._meta.model_name  # type: ignore[index]
        yield {
            "failure": each,
            "record": reverse(f"admin:archive_{model}_change", args=[each.thing]),
            "data": f"{uris.served(each.identifier)}.ttl",
            "node": each.node.removeprefix(uris.served(each.identifier)) or "the record itself",
            "path": _short(each.path),
        }


def _short(iri: str) -> str:
    """A property with its prefix, as the shapes write it."""
    for prefix, namespace in NAMESPACES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
