"""Runs in the admin: how far each is, what came of it, and stop."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.admin.badges import badge
from archive.admin.kept import KeptAdmin
from archive.admin.steering import SteeredAdmin
from harvest import client
from harvest.admin.sources import RUN
from harvest.models import HarvestProblem, HarvestRun

#: Problems and accessions that the page of a run lists.
LISTED = 100
ACCESSIONS = 20
_COUNTED = (
    ("records", "records"),
    ("handed_in", "handed to the archive"),
    ("known", "known as they are"),
    ("deleted", "deleted there"),
    ("left_out", "left out"),
)


@admin.register(HarvestRun)
class RunAdmin(SteeredAdmin):
    """Runs."""

    rows = "pages"
    list_display = ("__str__", "source", "kind", "standing", "progress", "created_by", "when")
    list_filter = ("state", "source")
    list_select_related = ("source", "created_by")
    list_per_page = 50
    fields = (
        "source", "kind", "standing", "message", "progress", "outcomes", "accessions_of", "created_by", "created_at",
        "started_at", "finished_at", "retry_at",
    )  # fmt: skip
    readonly_fields = fields

    def may_steer(self, request: HttpRequest, obj: HarvestRun) -> bool:
        """Who may harvest."""
        return request.user.has_perm(RUN)

    def cancel_work(self, obj: HarvestRun) -> bool:
        """Cancel."""
        return client.cancel(obj)

    def retry_work(self, obj: HarvestRun) -> int:
        """A run is not taken up again: the next one asks from where this one did."""
        return 0

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With the problems, and with the button that this user may press now."""
        run: HarvestRun = kwargs["obj"]
        listed = list(run.problems.all()[:LISTED])
        context.update(
            problems=listed,
            more=max(0, run.problem_count - len(listed)),
            in_work=run.open,
            told=f"{run.get_state_display()}: {run.records:,} records".capitalize(),
            show_cancel=self.may_steer(request, run) and run.open and not run.cancel_requested,
        )
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="of")
    def kind(self, run: HarvestRun) -> str:
        """Of everything, or from when."""
        return "everything" if run.full else f"what has changed since {run.from_date}"

    @admin.display(description="state", ordering="state")
    def standing(self, run: HarvestRun) -> SafeString:
        """How it stands, as a badge."""
        shown = badge(run.state, run.get_state_display())
        return format_html("{}, being cancelled", shown) if run.open and run.cancel_requested else shown

    @admin.display(description="progress")
    def progress(self, run: HarvestRun) -> SafeString | str:
        """How many records have come, of how many if the repository says so."""
        pages = f"{run.records:,} records on {run.pages:,} pages"
        if not run.list_size or run.restarts or run.records > run.list_size:
            return pages
        words = f"{run.records:,} of {run.list_size:,} records"
        bar = '<progress class="fonds-progress" max="{}" value="{}" aria-label="{}"></progress> {}'
        return format_html(bar, run.list_size, run.records, words, words)

    @admin.display(description="records")
    def outcomes(self, run: HarvestRun) -> str:
        """How many records came to which end."""
        return " · ".join(f"{getattr(run, name):,} {words}" for name, words in _COUNTED)

    @admin.display(description="accessions")
    def accessions_of(self, run: HarvestRun) -> SafeString | str:
        """The accessions by which the records came in, each a link to its report; the last ones of many."""
        found = list(run.accessions.order_by("-pk")[: ACCESSIONS + 1])
        rows = (
            (
                reverse("admin:archive_accession_change", args=[each.pk]),
                each,
                badge(each.state, each.get_state_display()),
            )
            for each in found[:ACCESSIONS]
        )
        shown = format_html_join(" ", '<a href="{}">{}</a> {}', rows) or "none"
        return (
            format_html("{} … and {} before them", shown, run.accessions.count() - ACCESSIONS)
            if found[ACCESSIONS:]
            else shown
        )


@admin.register(HarvestProblem)
class ProblemAdmin(KeptAdmin):
    """What was wrong with single records."""

    list_display = ("identifier", "message", "page", "run")
    list_display_links = None
    list_select_related = ("run",)
    list_per_page = 100
    ordering = ("-run_id", "id")
    search_fields = ("=identifier",)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Those of one run, too."""
        return lookup == "run__id__exact" or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def get_queryset(self, request: HttpRequest) -> QuerySet[HarvestProblem]:
        """With the run."""
        return super().get_queryset(request).select_related("run")
