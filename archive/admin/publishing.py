"""Publish and withdraw, as actions on the list of documents.

Each is a job: its rows say who asked for what, and what became of each document, and it can be undone. Publishing
waits for a worker, because typesetting and rendering take time. Withdrawing is done when the page is there, however
many documents it is; what names them is rendered anew by a worker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from archive import jobs
from archive.admin.wording import WrittenField
from archive.jobs.operations.publish import Publish
from archive.jobs.operations.withdraw import Withdraw
from archive.models import Document, Job, JobItem
from archive.models.document import DocumentQuerySet
from archive.rules import refuse_control_characters

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class WithdrawalForm(forms.Form):
    """Why documents are withdrawn."""

    required_css_class = "required"

    reason = WrittenField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        validators=[refuse_control_characters],
        help_text="Readers who follow an old link may be shown it, so write it for them.",
    )


class PublicationActions(admin.ModelAdmin):
    """The two actions, and what they ask of whom."""

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether this user may make documents public."""
        return request.user.has_perm("archive.publish_document")

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        """Whether this user may take documents back."""
        return request.user.has_perm("archive.withdraw_document")

    @admin.action(permissions=["publish"], description="Publish selected documents")
    def publish(self, request: HttpRequest, queryset: DocumentQuerySet) -> None:
        """Start a job that publishes documents; those that are public already are refreshed."""
        job = jobs.submit(Publish(), queryset, by=cast("User", request.user))
        said = f"{_documents(job.total)} being published. Reload in a moment to see; what cannot be published says why."
        messages.success(request, _with_job(request, said, job))

    @admin.action(permissions=["withdraw"], description="Withdraw selected documents…")
    def withdraw(self, request: HttpRequest, queryset: DocumentQuerySet) -> HttpResponse | None:
        """Ask for the reason, then withdraw the published documents among them."""
        count = queryset.public().count()
        others = queryset.count() - count
        if not count:
            messages.warning(request, "Nothing to withdraw: none of the selected documents is published.")
            return None
        form = WithdrawalForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            return self._ask_reason(request, form, queryset.public(), count, others)
        job = jobs.submit(Withdraw(form.cleaned_data["reason"]), queryset.public(), by=cast("User", request.user))
        aside = f" {others} of the selected stay as they are, because they are not published." if others else ""
        messages.success(request, _with_job(request, f"{_withdrawn(job)}{aside}", job))
        return HttpResponseRedirect(_back(request)) if _from_document(request) else None

    def _ask_reason(
        self, request: HttpRequest, form: WithdrawalForm, public: DocumentQuerySet, count: int, others: int
    ) -> TemplateResponse:
        """The page between: it posts the same selection back, to the same address."""
        context = {
            **self.admin_site.each_context(request),
            "title": "Withdraw documents",
            "opts": self.opts,
            "media": self.media,
            "form": form,
            "documents": public[:20],
            "count": count,
            "more": count - min(count, 20),
            "others": others,
            "checkbox": ACTION_CHECKBOX_NAME,
            "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", "0"),
            "from_document": _from_document(request),
            "back": _back(request),
        }
        return TemplateResponse(request, "admin/archive/document/withdraw.html", context)


def _from_document(request: HttpRequest) -> bool:
    """Whether the action was chosen on the page of a document, and not in the list."""
    chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
    return "from_document" in request.POST and len(chosen) == 1 and chosen[0].isdecimal()


def _back(request: HttpRequest) -> str:
    """Where the action was chosen."""
    if _from_document(request):
        return reverse("admin:archive_document_change", args=[request.POST[ACTION_CHECKBOX_NAME]])
    return f"{reverse('admin:archive_document_changelist')}?{request.GET.urlencode()}".rstrip("?")


def asked(document: Document) -> list[str]:
    """Who asked last to publish or withdraw a document, and what became of it, in words; the latest first."""
    items = document.job_items.filter(job__kind__in=(Publish.name, Withdraw.name)).select_related("job__created_by")
    return [_asked(item.job, item) for item in items.order_by("-pk")[:5]]


def _asked(job: Job, item: JobItem) -> str:
    when, what = f"{localtime(job.created_at):%Y-%m-%d %H:%M %Z}", f"{job.label[:1].lower()}{job.label[1:]}"
    return f"{when}, {job.created_by or 'somebody'}: asked to {what} ({job}, {item.get_state_display()})"


def _documents(count: int) -> str:
    return "1 document is" if count == 1 else f"{count:,} documents are"


def _withdrawn(job: Job) -> str:
    """What became of a withdrawal; if another worker took it over, that one goes on with it."""
    done = job.items.filter(state=JobItem.State.DONE).count()
    if job.open:
        return f"{done:,} of {job.total:,} withdrawn so far; the rest follows."
    return f"{done:,} withdrawn: nobody sees them any more."


def _with_job(request: HttpRequest, said: str, job: Job) -> SafeString:
    """What is said, with the way to the report for those who may see it."""
    if not request.user.has_perm("archive.view_job"):
        return format_html("{}", said)
    return format_html('{} <a href="{}">{}</a>', said, reverse("admin:archive_job_change", args=[job.pk]), job)
