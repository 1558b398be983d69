"""Jobs in the admin: how far they are, what became of each document, and stop, retry, undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, IntegerField, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive import jobs as verbs
from archive.admin.badges import badge
from archive.admin.bulk import PERMISSION
from archive.admin.kept import PartsAdmin
from archive.admin.paging import LongList
from archive.admin.progress import progress_bar, progress_told
from archive.admin.steering import SteeredAdmin
from archive.models import Job, JobItem
from archive.models.job import JobItemState

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Documents that the page of a job lists; the list of items has the rest, page by page.
LISTED = 100
#: What went wrong comes first.
TROUBLE_FIRST = Case(
    When(state=JobItemState.FAILED, then=0), When(warned=True, then=1), default=2, output_field=IntegerField()
)


class JobList(LongList):
    """The list of jobs, with the documents of one page counted in one query."""

    def get_results(self, request: HttpRequest) -> None:
        """Count after the page is cut out."""
        super().get_results(request)
        counts = _counts(each.pk for each in self.result_list)
        for each in self.result_list:
            each.counts = counts.get(each.pk, {})


@admin.register(Job)
class JobAdmin(SteeredAdmin):
    """Jobs."""

    list_display = ("__str__", "label", "standing", "progress", "created_by", "when")
    list_filter = ("state", "kind")
    list_select_related = ("created_by",)
    list_per_page = 50
    search_fields = ("label", "=id")
    fields = (
        "label", "standing", "progress", "outcomes", "message", "created_by", "created_at", "started_at",
        "finished_at", "undoing",
    )  # fmt: skip
    readonly_fields = fields
    change_form_template = "admin/archive/job/change_form.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that counts."""
        return JobList

    def get_urls(self) -> list[URLPattern]:
        """Those of every work, and the undo."""
        view = self.asked(self.undo_view)
        return [path("<int:pk>/undo/", view, name="archive_job_undo"), *super().get_urls()]

    def may_steer(self, request: HttpRequest, obj: Job) -> bool:
        """Who may start jobs, and may do what this one does."""
        return request.user.has_perm(PERMISSION) and request.user.has_perm(_permission(obj.kind))

    def may_undo(self, request: HttpRequest, obj: Job) -> bool:
        """Who may start jobs, and may do what undoing this one takes."""
        undo_with = _undo_with(obj.kind)
        return bool(undo_with and request.user.has_perm(PERMISSION) and request.user.has_perm(_permission(undo_with)))

    def cancel_work(self, obj: Job) -> bool:
        """Cancel."""
        return verbs.cancel(obj)

    def retry_work(self, obj: Job) -> int:
        """Retry."""
        return verbs.retry(obj)

    def undo_view(self, request: HttpRequest, obj: Job) -> HttpResponse:
        """Show what undoing it would change; when that is confirmed, put it back, as a job of its own.

        What was seen is what is done: if it has changed since it was shown, it is shown again.
        """
        if not self.may_undo(request, obj):
            raise PermissionDenied
        seen = verbs.what_undo_does(obj)
        if not obj.open and seen and seen.total and request.POST.get("mark") != seen.mark:
            return self._ask_undo(request, obj, seen)
        try:
            undoing = verbs.undo(obj, by=cast("User", request.user))
        except verbs.CannotBeUndone as refusal:
            messages.error(request, str(refusal))
            return self.back_to(obj)
        stands = "is queued" if undoing.open else "is done"
        messages.success(request, f"{undoing} {stands}: {undoing.label}, on {undoing.total:,} documents.")
        return HttpResponseRedirect(reverse("admin:archive_job_change", args=[undoing.pk]))

    def _ask_undo(self, request: HttpRequest, obj: Job, seen: verbs.Preview) -> HttpResponse:
        """The page between: it posts back to the same address."""
        undoing = verbs.operation_of(_undo_with(obj.kind) or "")
        context = {
            **self.admin_site.each_context(request),
            "title": f"Undo {obj}: {obj.label}",
            "opts": self.opts,
            "media": self.media,
            "original": obj,
            "operation": undoing,
            "preview": seen,
            "moved": "mark" in request.POST,
            "back": reverse("admin:archive_job_change", args=[obj.pk]),
        }
        return TemplateResponse(request, "admin/archive/job/undo.html", context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With the documents, and with the buttons that this user may press now."""
        job: Any = kwargs["obj"]
        job.counts = _counts([job.pk]).get(job.pk, {})
        items = job.items.annotate(trouble=TROUBLE_FIRST).order_by("trouble", "id").select_related("document")
        total = sum(job.counts.values())
        again = job.counts.get(JobItemState.FAILED, 0) + job.counts.get(JobItemState.CANCELLED, 0)
        may_steer = self.may_steer(request, job)
        context.update(
            items=[(item, badge(item.state, item.get_state_display())) for item in items[:LISTED]],
            more=max(0, total - LISTED),
            total=total,
            in_work=job.open,
            told=progress_told(job.get_state_display(), job.counts, unfinished=[JobItemState.QUEUED], of="documents"),
            show_cancel=may_steer and job.open and not job.cancel_requested,
            show_retry=may_steer and not job.open and again,
            show_undo=not job.open and self.may_undo(request, job) and job.counts.get(JobItemState.DONE),
        )
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="state", ordering="state")
    def standing(self, job: Job) -> SafeString:
        """How it stands, as a badge."""
        shown = badge(job.state, job.get_state_display())
        return format_html("{}, being cancelled", shown) if job.open and job.cancel_requested else shown

    @admin.display(description="progress")
    def progress(self, job: Any) -> SafeString | str:
        """How far it is."""
        return progress_bar(job.counts, unfinished=[JobItemState.QUEUED], of="documents")

    @admin.display(description="documents")
    def outcomes(self, job: Any) -> SafeString | str:
        """How many documents came to which end, each a link to them."""
        address = reverse("admin:archive_jobitem_changelist")
        rows = (
            (address, job.pk, state.value, f"{job.counts[state.value]:,}", state.label)
            for state in JobItemState
            if job.counts.get(state.value)
        )
        link = '<a href="{}?job__id__exact={}&amp;state__exact={}">{} {}</a>'
        return format_html_join(" · ", link, rows) or "none"

    @admin.display(description="undo")
    def undoing(self, job: Job) -> SafeString | str:
        """The job that it undoes, or those that undo it."""
        others = [job.undoes] if job.undoes else list(job.undone_by.all())
        word = "Undoes" if job.undoes else "Undone by"
        rows = ((word, reverse("admin:archive_job_change", args=[other.pk]), other) for other in others)
        return format_html_join(", ", '{} <a href="{}">{}</a>', rows) or "–"


@admin.register(JobItem)
class JobItemAdmin(PartsAdmin):
    """What became of each document of each job."""

    list_display = ("identifier", "job", "standing", "message")
    list_display_links = None
    list_filter = ("state", "warned")
    list_select_related = ("job",)
    list_per_page = 100
    whole = "job"
    search_fields = ("=identifier", "message")

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """The documents of one job, too."""
        return lookup == "job__id__exact" or super().lookup_allowed(lookup, value, cast("HttpRequest", request))

    @admin.display(description="state", ordering="state")
    def standing(self, item: JobItem) -> SafeString:
        """What became of it, as a badge."""
        return badge(item.state, item.get_state_display())


def _counts(job_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """How many documents of each job are in which state."""
    counts: dict[int, dict[str, int]] = {}
    rows = JobItem.objects.filter(job__in=list(job_ids)).order_by().values_list("job_id", "state")
    for job_id, state, count in rows.annotate(Count("pk")):
        counts.setdefault(job_id, {})[state] = count
    return counts


def _permission(kind: str) -> str:
    try:
        return verbs.operation_of(kind).permission
    except verbs.BadParameters:
        return PERMISSION  # an operation of another version: its job can still be cancelled


def _undo_with(kind: str) -> str | None:
    try:
        return verbs.operation_of(kind).undo_with
    except verbs.BadParameters:
        return None
