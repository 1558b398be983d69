"""The desk: the texts of a document, edited beside the images of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.forms.widgets import Script
from django.http import HttpRequest

from archive.admin.pages import LARGE, SHARP, address_of
from archive.admin.sources import FromSource
from archive.models import Document


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as the desk shows it; ``text`` is the primary key of the text that it shows, if that is known."""

    kind: str
    text: int | None
    width: int
    height: int
    lines: list[dict[str, Any]]
    source: str
    #: A larger image, fetched when somebody looks closely; empty if the page has no more to show.
    sharp: str


class Desk(FromSource, admin.StackedInline):
    """Base of the inline for texts; archive/desk.js links the lines to their places."""

    template = "admin/archive/document/texts.html"
    #: Set for one request, as the inline itself is.
    document: Document | None = None

    class Media:
        js = (Script("archive/desk.js", defer=True),)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Remember whose texts they are."""
        self.document = obj
        return super().get_formset(request, obj, **kwargs)

    @property
    def pages(self) -> list[PageImage]:
        """The pages in their order, whatever the state of the document."""
        return list(_images(self.document)) if self.document else []


def _images(document: Document) -> Iterator[PageImage]:
    for page in document.pages.order_by("order", "pk"):
        sharp = address_of(page, SHARP) if page.width > LARGE else ""
        yield PageImage(page.kind, page.text_id, page.width, page.height, page.lines, address_of(page, LARGE), sharp)
