"""Accession items in the admin: what became of each document, and what was understood of it, in its own words."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from archive.accession.understanding import in_full
from archive.admin.accession_sources import ReaderOfItems, attachment_of, download_link, read_by, text_of
from archive.admin.badges import badge
from archive.admin.item_panels import looked_at, names_alike
from archive.admin.kept import PartsAdmin
from archive.admin.marks import LEGEND, SHOWN, field_rows, other_notices, stretches
from archive.models import AccessionItem


@admin.register(AccessionItem)
class AccessionItemAdmin(PartsAdmin):
    """Accession items."""

    list_display = ("__str__", "accession", "standing", "document_link", "short_reason")
    list_filter = ("state", ReaderOfItems)
    list_select_related = ("accession", "document", "source")
    list_per_page = 50
    search_fields = ("source__name", "document__identifier", "reason")
    search_help_text = "File name, identifier of the document, or words of the reason."
    fields = ("accession_link", "standing", "reason", "document_link", "read_by", "finished_at", "original_link")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[AccessionItem]:
        """Without what was understood, which is long; an item's own page fetches it."""
        return super().get_queryset(request).defer("understood")

    def get_urls(self) -> list[URLPattern]:
        """Django's own, and the download."""
        view = self.admin_site.admin_view(self.original_view)
        return [path("<int:item_id>/original/", view, name="archive_accessionitem_original"), *super().get_urls()]

    def original_view(self, request: HttpRequest, item_id: int) -> FileResponse:
        """The original, under the name of this item, for those who may see originals."""
        if not request.user.has_perm("archive.view_original"):
            raise PermissionDenied
        item = get_object_or_404(AccessionItem.objects.select_related("source__original"), pk=item_id)
        return attachment_of(item.source)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With the source and what was understood of it."""
        if item := kwargs.get("obj"):
            context.update(_reading(item))
            context.update(names_alike(request, item), **looked_at(item))
            context["title"] = f"What was understood of {item}"
            context["may_download"] = request.user.has_perm("archive.view_original")
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="state", ordering="state")
    def standing(self, item: AccessionItem) -> SafeString:
        """What became of it, as a badge."""
        return badge(item.state, item.get_state_display())

    @admin.display(description="reason", ordering="reason")
    def short_reason(self, item: AccessionItem) -> str:
        """The beginning of the reason; the item's page has the whole."""
        return Truncator(item.reason).chars(100)

    @admin.display(description="document")
    def document_link(self, item: AccessionItem) -> SafeString | str:
        """The document that it became."""
        if item.document is None:
            return "–"
        address = reverse("admin:archive_document_change", args=[item.document.pk])
        return format_html('<a href="{}">{}</a>', address, item.document)

    @admin.display(description="accession")
    def accession_link(self, item: AccessionItem) -> SafeString:
        """The accession that it belongs to."""
        address = reverse("admin:archive_accession_change", args=[item.accession_id])
        source = reverse("admin:archive_accessionsource_change", args=[item.source_id])
        words = '<a href="{}">{}</a>, <a href="{}">{}</a>, document {}'
        return format_html(words, address, item.accession, source, item.source, item.part + 1)

    @admin.display(description="read by")
    def read_by(self, item: AccessionItem) -> str:
        """The reader and its version."""
        return read_by(item.source)

    @admin.display(description="original")
    def original_link(self, item: AccessionItem) -> SafeString | str:
        """Where to get the file as it came."""
        address = reverse("admin:archive_accessionitem_original", args=[item.pk])
        return download_link(address, item.source)


def _reading(item: AccessionItem) -> dict[str, Any]:
    """What the page of an item shows beside its columns."""
    understood = in_full(item.understood)
    text, unreadable = text_of(item.source)
    rows = field_rows(text, understood)
    return {
        "rows": rows,
        "notices": other_notices(understood),
        "legend": [(role.value, *meaning) for role, meaning in LEGEND.items()],
        "stretches": list(stretches(text, understood, rows)),
        "unreadable": unreadable,
        "cut_off": max(0, len(text) - SHOWN),
    }
