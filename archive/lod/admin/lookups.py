"""Look-ups in the admin: an action on agents, places and concepts for each service, and the report of each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from archive.accession.submission import UNREACHABLE
from archive.admin.authorities import FURTHER_ACTIONS
from archive.admin.steering import QUEUE_SILENT
from archive.lod import tasks
from archive.lod.admin.works import WorkAdmin
from archive.lod.lookups import looking
from archive.lod.lookups.services import Service, services, services_for
from archive.lod.models import LookUp

LOOK_UP = "archive_lod.add_lookup"
#: Authorities that the page of a look-up lists.
LISTED = 200


def actions(shown: Any, request: HttpRequest) -> dict[str, Any]:
    """An action for each service at which such authorities are looked up, for who may."""
    if not request.user.has_perm(LOOK_UP):
        return {}
    found = services_for(shown.opts.model_name)
    return {
        f"look_up_{each.key}": (partial(_look_up, service=each), f"look_up_{each.key}", f"Look up at {each.name}")
        for each in found
    }


FURTHER_ACTIONS.append(actions)


def _look_up(shown: Any, request: HttpRequest, queryset: QuerySet[Any], *, service: Service) -> HttpResponse | None:
    """Let a worker look the selected ones up."""
    keys = list(queryset.values_list("pk", flat=True)[: looking.MOST + 1])
    if len(keys) > looking.MOST:
        messages.warning(request, f"Select at most {looking.MOST:,}: every name is a question to somebody else.")
        return None
    begun = looking.begin(shown.opts.model_name, keys, service, by=request.user)  # type: ignore[arg-type]
    try:
        tasks.look_up.delay(begun.pk)
    except UNREACHABLE:
        messages.warning(request, QUEUE_SILENT)
    return HttpResponseRedirect(reverse("admin:archive_lod_lookup_change", args=[begun.pk]))


@admin.register(LookUp)
class LookUpAdmin(WorkAdmin):
    """Look-ups."""

    list_display = ("__str__", "of", "standing", "progress", "found", "created_by", "when")
    fields = ("of", "standing", "progress", "found", "message", "created_by", "created_at", "finished_at")
    readonly_fields = fields
    change_form_template = "admin/archive_lod/lookup/change_form.html"

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With what came of each."""
        look_up: LookUp = kwargs["obj"]
        context.update(rows=list(_rows(look_up)), more=max(0, look_up.items.count() - LISTED))
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="of")
    def of(self, look_up: LookUp) -> str:
        """What was looked up where."""
        service = services().get(look_up.service)
        many = "" if look_up.total == 1 else "s"
        return f"{look_up.total:,} {look_up.kind}{many} at {service.name if service else look_up.service}"


def _rows(look_up: LookUp) -> Iterator[dict[str, Any]]:
    items = list(look_up.items.all()[:LISTED])
    things = looking.MODELS[look_up.kind]._default_manager.in_bulk([each.thing for each in items])
    for each in items:
        page = reverse(f"admin:archive_{look_up.kind}_change", args=[each.thing])
        yield {"item": each, "thing": things.get(each.thing), "page": page}
