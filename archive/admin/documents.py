"""Documents in the admin: find them, describe them, publish and withdraw them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from archive import finding, history, tasks, uris
from archive.admin import look, previewing
from archive.admin.bulk import BulkActions
from archive.admin.contributions import ContributionInline
from archive.admin.dates import DateFilter
from archive.admin.document_facts import DocumentFacts
from archive.admin.document_filters import CollectionFilter, LanguageFilter, ProblemFilter, StateFilter
from archive.admin.document_form import DocumentForm
from archive.admin.events import EventInline
from archive.admin.history import HistoryPages
from archive.admin.meanwhile import Guarded
from archive.admin.named import NamedFilter
from archive.admin.numbers import NumberInline
from archive.admin.pages import PAGE, PageInline, page_image
from archive.admin.paging import LongListAdmin
from archive.admin.publishing import PublicationActions
from archive.admin.queueing import queue
from archive.admin.readiness import ReadinessFilter
from archive.admin.references import ReferenceInline
from archive.admin.reviewing import ReviewActions
from archive.admin.sources import tell_fields
from archive.admin.subjects import RelationInline, SubjectInline
from archive.admin.texts import TextInline
from archive.admin.units import UnitFilter
from archive.admin.wording import WRITTEN
from archive.models import Document
from archive.models.document import KEPT, TITLE_BEGINNING
from archive.readiness import assess

#: Fields that say nothing of a document that is not there yet.
LATER = {"days", "came_from", "identity", "entered"}


@admin.register(Document)
class DocumentAdmin(
    DocumentFacts, Guarded, HistoryPages, BulkActions, ReviewActions, PublicationActions, LongListAdmin
):
    """Documents."""

    form = DocumentForm
    formfield_overrides: ClassVar = WRITTEN
    list_display = ("title", "dated", "standing", "identifier", "original_language")
    list_filter = (
        StateFilter,
        DateFilter,
        CollectionFilter,
        UnitFilter,
        LanguageFilter,
        ProblemFilter,
        ReadinessFilter,
        NamedFilter,
    )
    list_per_page = 50
    ties = ("date_earliest", "id")
    sorted_by: ClassVar = {"title": TITLE_BEGINNING}
    search_fields = ("title",)  # shows the box; get_search_results says what is searched
    search_help_text = "Title, identifier, numbers, archival references, and names, as written or as known."
    actions = ("edit_in_bulk", "send_to_review", "return_to_draft", "publish", "withdraw", "delete_selected")
    autocomplete_fields = ("collections",)
    save_on_top = True
    readonly_fields = ("standing", "who_and_when", "problem", "readiness", "days", "identity", "came_from", "entered")
    fieldsets = (
        (None, {"fields": ("standing", "problem", "who_and_when", "readiness")}),
        (
            "Identity",
            {
                "fields": (
                    ("title", "title_language"),
                    "identifier",
                    ("date", "date_verbatim"),
                    "days",
                    "original_language",
                )
            },
        ),
        ("Content", {"fields": ("summary", "summary_language")}),
        (
            "Distribution",
            {
                "classes": ("collapse",),
                "fields": ("distribution", ("distribution_copies", "distribution_possibly_truncated")),
            },
        ),
        (
            "Collections and rights",
            {"fields": ("collections", "rights", ("rights_uri", "rights_holder"), "embargo_until")},
        ),
        ("Citation and source", {"fields": ("citation", "source_url", "came_from", "identity", "entered")}),
        ("Further statements", {"classes": ("collapse",), "fields": ("statements",)}),
    )
    inlines = (
        TextInline,
        ReferenceInline,
        ContributionInline,
        SubjectInline,
        RelationInline,
        NumberInline,
        EventInline,
        PageInline,
    )

    class Media:
        css: ClassVar = look.CSS
        js: ClassVar = look.JS

    def get_urls(self) -> list[URLPattern]:
        """Django's own, the images of pages, and previews."""
        view = self.admin_site.admin_view(self.page_view)
        return [
            path("<int:document_id>/pages/<int:page_id>/<int:width>.jpg", view, name="archive_document_page"),
            *previewing.urls(self),
            *super().get_urls(),
        ]

    def page_view(self, request: HttpRequest, document_id: int, page_id: int, width: int) -> HttpResponse:
        """The image of a page, for those who may see documents here."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return page_image(document_id, page_id, width, identifier=request.GET.get(PAGE, ""))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Document], search_term: str
    ) -> tuple[QuerySet[Document], bool]:
        """Documents with every word somewhere, or a part of it."""
        return finding.answering(queryset, search_term), False  # type: ignore[arg-type]  # they are documents

    def get_readonly_fields(self, request: HttpRequest, obj: Document | None = None) -> tuple[str, ...]:
        """An identifier is part of addresses that others keep: chosen once, it stays."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, "identifier") if obj else fields

    def get_inlines(self, request: HttpRequest, obj: Document | None) -> Any:
        """Pages are made of what is there."""
        return self.inlines if obj else [each for each in self.inlines if each is not PageInline]

    def get_fieldsets(self, request: HttpRequest, obj: Document | None = None) -> Any:
        """Nothing about a past where there is none yet, nor about a problem."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj and not obj.publication_error:
            return [(None, {"fields": ("standing", "who_and_when", "readiness")}), *fieldsets[1:]]
        if obj:
            return fieldsets
        kept = [[field for field in parts["fields"] if field not in LATER] for _, parts in fieldsets]
        return [(name, {**parts, "fields": kept[at]}) for at, (name, parts) in enumerate(fieldsets) if at]

    def view_on_site(self, obj: Document) -> str | None:
        """The public page, if there is one."""
        return uris.document(obj.identifier) if obj.published else None

    def has_delete_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        """What the world knows of is withdrawn, not deleted."""
        return super().has_delete_permission(request, obj) and not (obj and obj.state in KEPT)

    @admin.action(permissions=["delete"], description="Delete selected drafts")
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Document]) -> HttpResponseBase | None:
        """Delete documents that were never public; if any of them was, delete none and say which."""
        kept = queryset.filter(state__in=KEPT)
        if count := kept.count():
            first = "; ".join(f"“{document}” ({document.identifier})" for document in kept[:5])
            messages.error(
                request,
                f"Nothing was deleted. {count} of the selected documents were published once and cannot be deleted: "
                f"{first}{' …' if count > 5 else ''}. Withdraw what should no longer be seen.",
            )
            return None
        return delete_selected(self, request, queryset)

    def save_model(self, request: HttpRequest, obj: Document, form: DocumentForm, change: bool) -> None:
        """Save what was edited and nothing else: a worker may be changing the state at the same time."""
        if not change:
            obj.save()
            return
        history.keep([obj.pk])
        columns = {field.name for field in obj._meta.concrete_fields}
        edited = [name for name in form.changed_data if name in columns]
        obj.save(update_fields=[*edited, "date_earliest", "date_latest", "modified_at"])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the parts and see what is lacking; then let what is public already show what changed."""
        super().save_related(request, form, formsets, change)
        act = history.EDITED if change else history.CREATED
        history.record([form.instance.pk], act=act, by=request.user)  # type: ignore[arg-type]
        assess([form.instance.pk])
        if form.instance.published:
            queue(request, tasks.refresh, [form.instance.pk], said="The public page will follow in a moment.")

    def after_restoring(self, request: HttpRequest, key: int) -> None:
        """See what is lacking now; then let what is public already show what changed."""
        assess([key])
        if Document.objects.public().filter(pk=key).exists():
            queue(request, tasks.refresh, [key], said="The public page will follow in a moment.")

    def response_add(self, request: HttpRequest, obj: Document, post_url_continue: str | None = None) -> HttpResponse:
        """Back to the document if it is to be published too."""
        if "_publish" in request.POST:
            return self._publish(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Document) -> HttpResponse:
        """Back to the document if it is to be published too, or set."""
        if "_typeset" in request.POST:
            queue(
                request, tasks.typeset, [obj.pk], said="The page images are being made. Reload in a moment to see them."
            )
            return HttpResponseRedirect(reverse("admin:archive_document_change", args=[obj.pk]))
        return self._publish(request, obj) if "_publish" in request.POST else super().response_change(request, obj)

    def _publish(self, request: HttpRequest, obj: Document) -> HttpResponse:
        if not self.has_publish_permission(request):
            raise PermissionDenied
        messages.success(request, f"“{obj}” is saved.")
        self.publish(request, Document.objects.filter(pk=obj.pk))
        return HttpResponseRedirect(reverse("admin:archive_document_change", args=[obj.pk]))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With the buttons that this user may press on this document."""
        obj: Document | None = kwargs.get("obj")
        tell_fields(request, context["adminform"], obj)
        may_save = self.has_change_permission(request, obj)
        context["show_publish"] = may_save and self.has_publish_permission(request) and not (obj and obj.published)
        context["show_withdraw"] = bool(obj and obj.published and self.has_withdraw_permission(request))
        return super().render_change_form(request, context, *args, **kwargs)
