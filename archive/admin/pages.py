"""The pages of a document, to look at, and their images for those who may see the document here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.models import Page
from archive.typesetting.thumbnails import NoThumbnail, thumbnail

#: Widths in pixels: of a thumbnail twice as sharp as it is shown, of a page to read, and of one to look at closely.
SMALL, LARGE, SHARP = 280, 1400, 2800
#: The parameter with the identifier of a page.
PAGE = "page"


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
    def thumbnail(self, page: Page) -> SafeString:
        """The image, small; the click leads to the whole."""
        small, large = (address_of(page, width) for width in (SMALL, LARGE))
        return format_html(
            '<a href="{}"><img class="fonds-page" src="{}" alt="Page {}" loading="lazy" width="{}" height="{}"></a>',
            large,
            small,
            page.order + 1,
            SMALL // 2,
            round(SMALL / 2 * page.height / page.width),
        )

    @admin.display(description="pixels")
    def extent(self, page: Page) -> str:
        """Width and height."""
        return f"{page.width} × {page.height}"

    @admin.display(description="lines")
    def lines_known(self, page: Page) -> int:
        """How many lines have a place on the image."""
        return len(page.lines)


def address_of(page: Page, width: int) -> str:
    """Where the image of a page is for archivists.

    A page that is set anew has another key, and so another address. Who still shows the old one, and loads its image
    only when somebody scrolls there, is given the new one by what they have in common.
    """
    address = reverse("admin:archive_document_page", args=[page.document_id, page.pk, width])
    return f"{address}?{urlencode({PAGE: page.identifier})}"


def page_image(document_id: int, page_id: int, width: int, *, identifier: str = "") -> HttpResponse:
    """The image of a page, whatever the state of its document; who may ask is for the caller to say.

    Where the page is not there any more, it is that which has its identifier now.

    :raises Http404: if the document has no such page, its image is none, or the width is not one of the three.
    """
    pages = Page.objects.filter(document_id=document_id)
    page = pages.filter(pk=page_id).first() or pages.filter(identifier=identifier).first()
    if page is None or width not in (SMALL, LARGE, SHARP):
        raise Http404(f"document {document_id} has no page {page_id} that is {width} pixels wide")
    try:
        response = HttpResponse(thumbnail(page, width=width), content_type="image/jpeg")
    except NoThumbnail as reason:
        raise Http404(str(reason)) from reason
    response["Cache-Control"] = "private, max-age=300"
    return response
