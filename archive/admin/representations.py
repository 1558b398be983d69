"""Representations in the admin: what harvesters and viewers are given, to look at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.admin.badges import badge
from archive.admin.kept import KeptAdmin
from archive.models import Representation

#: Characters of the content that are shown.
PREVIEW = 20_000


@admin.register(Representation)
class RepresentationAdmin(KeptAdmin):
    """Representations."""

    list_display = ("identifier", "format", "standing", "size", "short_checksum", "changed_at")
    list_filter = ("kind", "format", "withdrawn")
    list_per_page = 50
    ordering = ("-id",)
    search_fields = ("=identifier",)
    search_help_text = "The whole identifier of a document, or units/ and that of a unit."
    fields = (
        "kind",
        "document",
        "identifier",
        "format",
        "media_type",
        "standing",
        "changed_at",
        "sets",
        "size",
        "checksum",
        "preview",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Representation]:
        """Without the content, of which a list needs only the size."""
        queryset: QuerySet[Representation] = super().get_queryset(request)
        return queryset.defer("content").annotate(content_size=Length("content"))

    @admin.display(description="state", ordering="withdrawn")
    def standing(self, representation: Representation) -> SafeString:
        """Served, or a tombstone."""
        return badge("withdrawn", "withdrawn") if representation.withdrawn else badge("published", "served")

    @admin.display(description="size")
    def size(self, representation: Any) -> str:
        """The size of the content."""
        return filesizeformat(representation.content_size or 0)

    @admin.display(description="SHA-256")
    def short_checksum(self, representation: Representation) -> str:
        """Enough of the checksum to compare by eye."""
        return representation.checksum[:12]

    @admin.display(description="content")
    def preview(self, representation: Representation) -> SafeString | str:
        """The content as text, never as a page."""
        content = bytes(representation.content)
        if not content:
            return "None: this is a tombstone."
        text = content.decode("utf-8", errors="replace")
        more = f"\n… and {len(text) - PREVIEW:,} characters more" if len(text) > PREVIEW else ""
        return format_html('<pre class="fonds-content" tabindex="0">{}{}</pre>', text[:PREVIEW], more)
