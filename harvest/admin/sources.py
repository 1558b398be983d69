"""Sources in the admin: what is harvested, what the repository says of itself, and the buttons that begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.admin import look
from archive.admin.badges import badge
from archive.admin.wording import WRITTEN
from harvest import client
from harvest.admin.source_form import SourceForm
from harvest.models import HarvestRun, HarvestSource
from harvest.models.source import CheckState

if TYPE_CHECKING:
    from django.contrib.auth.models import User

RUN = "harvest.run_harvestsource"
PUBLISH = "archive.publish_document"
#: What makes another source of it: everything is harvested anew then.
_OTHERS = frozenset({"base_url", "metadata_prefix", "set_spec"})
#: Runs that the page of a source lists.
LISTED = 10
#: The colours of the badges that states of the archive have.
_COLOURS = {CheckState.WAITING: "queued", CheckState.ANSWERS: "done", CheckState.FAILED: "failed"}


@admin.register(HarvestSource)
class SourceAdmin(admin.ModelAdmin):
    """Sources of records."""

    form = SourceForm
    formfield_overrides: ClassVar = WRITTEN
    list_display = ("name", "metadata_prefix", "set_spec", "standing", "last_run", "schedule", "active")
    list_filter = ("active", "schedule", "check_state")
    search_fields = ("name", "base_url")
    autocomplete_fields = ("collection",)
    fieldsets = (
        (None, {"fields": ("name", "base_url", "metadata_prefix", "set_spec")}),
        ("What becomes of it", {"fields": ("collection", "publish", "deletions")}),
        ("When and how", {"fields": ("schedule", "delay", "contact", "active")}),
        ("What the repository says", {"fields": ("standing", "identity", "next_from", "next_run_at")}),
    )
    readonly_fields = ("standing", "identity", "next_from", "next_run_at")
    show_full_result_count = False

    class Media:
        css: ClassVar = look.CSS
        js: ClassVar = look.JS

    def get_readonly_fields(self, request: HttpRequest, obj: HarvestSource | None = None) -> tuple[str, ...]:
        """Only who may publish documents lets a source publish them."""
        return self.readonly_fields if request.user.has_perm(PUBLISH) else (*self.readonly_fields, "publish")

    def get_fieldsets(self, request: HttpRequest, obj: HarvestSource | None = None) -> Any:
        """A new source has been told nothing yet."""
        return self.fieldsets if obj else self.fieldsets[:-1]

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the last run."""
        return super().get_queryset(request).annotate(last=Max("runs"))

    def has_delete_permission(self, request: HttpRequest, obj: HarvestSource | None = None) -> bool:
        """A source from which documents came stays, so that it can be told where they came from."""
        return super().has_delete_permission(request, obj) and not (obj and obj.records.exists())

    def get_actions(self, request: HttpRequest) -> Any:
        """Deleting is done one by one, and looked at."""
        return {name: each for name, each in super().get_actions(request).items() if name != "delete_selected"}

    def save_model(self, request: HttpRequest, obj: HarvestSource, form: Any, change: bool) -> None:
        """Save; a worker asks the repository."""
        if not obj.interval or "schedule" in form.changed_data:
            obj.next_run_at = None
        super().save_model(request, obj, form, change)
        client.ask_for_check(obj, anew=bool(_OTHERS & set(form.changed_data)))

    def get_urls(self) -> list[URLPattern]:
        """Django's own, and one for each button."""
        asked = {"check": self.check_view, "harvest": self.harvest_view, "harvest_all": self.harvest_all_view}
        return [
            *(
                path(f"<int:pk>/{name}/", self._asked(view), name=f"harvest_source_{name}")
                for name, view in asked.items()
            ),
            *super().get_urls(),
        ]

    def _asked(self, view: Callable[[HttpRequest, HarvestSource], HttpResponse]) -> Callable[..., Any]:
        """A view that begins something: only by POST, and only for who may."""

        def checked(request: HttpRequest, pk: int) -> HttpResponse:
            if not (self.has_view_permission(request) and request.user.has_perm(RUN)):
                raise PermissionDenied
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            return view(request, get_object_or_404(HarvestSource, pk=pk))

        return self.admin_site.admin_view(checked)

    def check_view(self, request: HttpRequest, obj: HarvestSource) -> HttpResponse:
        """Ask the repository again what it is."""
        client.ask_for_check(obj, anew=False)
        messages.success(request, "The repository is being asked. Look at this page again in a moment.")
        return HttpResponseRedirect(reverse("admin:harvest_harvestsource_change", args=[obj.pk]))

    def harvest_view(self, request: HttpRequest, obj: HarvestSource) -> HttpResponse:
        """Harvest what has changed."""
        return self._start(request, obj, full=False)

    def harvest_all_view(self, request: HttpRequest, obj: HarvestSource) -> HttpResponse:
        """Harvest everything."""
        return self._start(request, obj, full=True)

    def _start(self, request: HttpRequest, obj: HarvestSource, *, full: bool) -> HttpResponse:
        try:
            run = client.start(obj, full=full, by=cast("User", request.user))
        except client.CannotStart as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("admin:harvest_harvestsource_change", args=[obj.pk]))
        self.log_change(request, obj, f"Began {run}.")
        messages.success(request, f"{run} is queued.")
        return HttpResponseRedirect(reverse("admin:harvest_harvestrun_change", args=[run.pk]))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With the last runs, and with the buttons that this user may press now."""
        source = kwargs.get("obj")
        if source is not None:
            runs = list(source.runs.all()[:LISTED])
            context.update(
                runs=[(run, badge(run.state, run.get_state_display())) for run in runs],
                may_run=request.user.has_perm(RUN),
                may_begin=source.active and source.check_state == CheckState.ANSWERS,
                come=source.records.count(),
            )
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="repository", ordering="check_state")
    def standing(self, source: HarvestSource) -> SafeString:
        """Whether it answers, as a badge with the reason if it does not."""
        shown = badge(_COLOURS[CheckState(source.check_state)], source.get_check_state_display())
        return format_html("{} {}", shown, source.check_message) if source.check_message else shown

    @admin.display(description="last run", ordering="last")
    def last_run(self, source: Any) -> SafeString | str:
        """The last run, with a way to it."""
        run = HarvestRun.objects.filter(pk=source.last).first() if source.last else None
        if run is None:
            return "none"
        address = reverse("admin:harvest_harvestrun_change", args=[run.pk])
        return format_html('<a href="{}">{}</a> {}', address, run, badge(run.state, run.get_state_display()))

    @admin.display(description="it calls itself")
    def identity(self, source: HarvestSource) -> SafeString | str:
        """What Identify told."""
        told = source.told.get("identity")
        if not told:
            return "nothing yet"
        return format_html(
            "{}; records since {}, dates as {}, deletions: {}; written to at {}",
            *(told.get(name, "") for name in ("repositoryName", "earliestDatestamp", "granularity", "deletedRecord")),
            told.get("adminEmail", ""),
        )
