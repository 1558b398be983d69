"""The pages of a document, to look at, and their images for those who may see the document here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.models import Page

#: What a browser shows as an image and never runs.
SHOWN = frozenset({"image/png", "image/jpeg", "image/webp", "image/avif", "image/gif"})


class PageInline(admin.TabularInline):
    """Pages in their order, small; they are made by typesetting and not by hand."""

    model = Page
    extra = 0
    fields = ("thumbnail", "identifier", "kind", "extent", "lines_known")
    readonly_fields = fields
    can_delete = False
    verbose_name_plural = "pages"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody adds one by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes one by hand."""
        return False

    @admin.display(description="page")
    def thumbnail(self, page: Page) -> str | SafeString:
        """The image, small; the click leads to the whole."""
        if page.media_type not in SHOWN:
            return f"{page.media_type} (no preview)"
        return format_html(
            '<a href="{0}">'
            '<img class="fonds-page" src="{0}" alt="Page {1}" loading="lazy" width="{2}" height="{3}"></a>',
            reverse("admin:archive_document_page", args=[page.document_id, page.pk]),
            page.order + 1,
            page.width,
            page.height,
        )

    @admin.display(description="pixels")
    def extent(self, page: Page) -> str:
        """Width and height."""
        return f"{page.width} × {page.height}"

    @admin.display(description="lines")
    def lines_known(self, page: Page) -> int:
        """How many lines have a place on the image."""
        return len(page.lines)


def page_image(document_id: str, page_id: int) -> FileResponse:
    """The image of a page, whatever the state of its document; who may ask is for the caller to say.

    :raises Http404: if the document has no such page, or its image is nothing that browsers show.
    """
    page = Page.objects.filter(pk=page_id, document_id=document_id, media_type__in=SHOWN).first()
    if page is None or not page.image.storage.exists(str(page.image.name)):
        raise Http404(f"document {document_id} has no image for page {page_id}")
    response = FileResponse(page.image.open("rb"), content_type=page.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300"
    return response
