"""Publish and withdraw, as actions on the list of documents.

Typesetting and rendering take time, so the admin only queues; the verbs in archive.publication do it. Who
asked is written into Django's admin log, and shown with the document.
"""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.template.response import TemplateResponse

from archive import publication, tasks
from archive.admin.queueing import queue
from archive.admin.wording import WrittenField, refuse_control_characters
from archive.models import Document
from archive.models.document import DocumentQuerySet

ASKED = "Asked for"
#: So many documents are withdrawn at once, while the archivist waits: what must not be seen any more cannot hang on a
#: message that may get lost. Nothing is typeset for it; rendered are only the documents that name them in a relation.
AT_ONCE = 100


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
        """Queue the publication of documents; those that are public already are refreshed."""
        ids = list(queryset.values_list("pk", flat=True))
        self._log(request, queryset, f"{ASKED} publication.")
        said = f"{_documents(len(ids))} being published. Reload in a moment to see; what cannot be published says why."
        queue(request, tasks.publish, ids, said=said, by=request.user.pk)

    @admin.action(permissions=["withdraw"], description="Withdraw selected documents…")
    def withdraw(self, request: HttpRequest, queryset: DocumentQuerySet) -> TemplateResponse | None:
        """Ask for the reason, then queue the withdrawal of the published documents among them."""
        ids = list(queryset.public().values_list("pk", flat=True))
        others = queryset.count() - len(ids)
        if not ids:
            messages.warning(request, "Nothing to withdraw: none of the selected documents is published.")
            return None
        form = WithdrawalForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            return self._ask_reason(request, form, queryset.public(), len(ids), others)
        reason = form.cleaned_data["reason"]
        self._log(request, queryset.public(), f"{ASKED} withdrawal: {reason}")
        aside = f" {others} of the selected stay as they are, because they are not published." if others else ""
        if len(ids) <= AT_ONCE:
            publication.withdraw(ids, reason=reason, by=request.user)  # type: ignore[arg-type]
            messages.success(request, f"{len(ids)} withdrawn: nobody sees them any more.{aside}")
            return None
        said = f"{_documents(len(ids))} being withdrawn. Reload in a moment to see.{aside}"
        queue(request, tasks.withdraw, ids, said=said, reason=reason, by=request.user.pk)
        return None

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
        }
        return TemplateResponse(request, "admin/archive/document/withdraw.html", context)

    def _log(self, request: HttpRequest, documents: DocumentQuerySet, message: str) -> None:
        LogEntry.objects.log_actions(
            cast("int", request.user.pk), documents.only("title"), CHANGE, change_message=message
        )


def asked(document: Document) -> list[LogEntry]:
    """Who asked last to publish or withdraw a document, the latest first."""
    return list(
        LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Document),
            object_id=str(document.pk),
            change_message__startswith=ASKED,
        ).select_related("user")[:5]
    )


def _documents(count: int) -> str:
    return "1 document is" if count == 1 else f"{count:,} documents are"
