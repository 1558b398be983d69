"""Previews in the admin: the page and every representation of a document as they would be, and links to pass on.

Nothing is stored. Rendering loads the libraries of the formats into the web process, which otherwise only workers
do: iiif-prezi3 alone takes 23 MB. So one format is rendered when somebody opens it, not all at once.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.cache import never_cache

from archive import previews, representations
from archive.conf import conf
from archive.description import describe
from archive.models import Document

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

#: Characters of a representation that are shown.
SHOWN = 200_000


class Preview(NamedTuple):
    """A representation, rendered and not stored; ``problem`` says why it could not be."""

    format: str
    media_type: str
    text: str
    problem: str
    cut_off: int


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """The addresses of previews, below those of the documents; each asks for the permission to see documents."""

    @never_cache
    def overview(request: HttpRequest, document_id: int, format: str = "") -> HttpResponse:  # noqa: A002
        document = _seen(model_admin, request, document_id)
        return _overview(model_admin, request, document, format)

    @never_cache
    def page(request: HttpRequest, document_id: int) -> HttpResponse:
        document = _seen(model_admin, request, document_id)
        if previews.registry.preview is None:
            raise Http404("no installed app has a page for documents")
        return previews.registry.preview.page(request, document)

    wrap = model_admin.admin_site.admin_view
    return [
        path("<int:document_id>/preview/", wrap(overview), name="archive_document_preview"),
        path("<int:document_id>/preview/page/", wrap(page), name="archive_document_preview_page"),
        path("<int:document_id>/preview/as/<slug:format>/", wrap(overview), name="archive_document_preview_as"),
    ]


def rendered(document: Document, format: str) -> Preview:  # noqa: A002 - the word for it
    """A document in one format, as publishing it would make it.

    :raises Http404: if no installed app has this format.
    """
    renderer = representations.registry.get(format)
    if renderer is None:
        raise Http404(f"there is no format {format}")
    try:
        content = renderer.render(describe([document.pk])[0])
    except Exception as error:  # noqa: BLE001 - whatever a renderer stumbles over is what the archivist came to see
        return Preview(format, renderer.media_type, "", f"It cannot be rendered: {type(error).__name__}: {error}", 0)
    if content is None:
        said = "The format has nothing to say of this document so far."
        return Preview(format, renderer.media_type, "", f"{said} A manifest, for one, needs page images.", 0)
    text = content.decode("utf-8", errors="replace")
    return Preview(format, renderer.media_type, text[:SHOWN], "", max(0, len(text) - SHOWN))


def _seen(model_admin: ModelAdmin[Any], request: HttpRequest, document_id: int) -> Document:
    document = get_object_or_404(Document, pk=document_id)
    if not model_admin.has_view_permission(request, document):
        raise PermissionDenied
    return document


def _overview(model_admin: ModelAdmin[Any], request: HttpRequest, document: Document, chosen: str) -> HttpResponse:
    may_share = model_admin.has_change_permission(request, document)
    if request.method == "POST" and not may_share:
        raise PermissionDenied
    has_page = previews.registry.preview
    link = has_page.address(previews.token_of(document)) if has_page and request.method == "POST" else ""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Preview of {document}",
        "opts": model_admin.opts,
        "media": model_admin.media,
        "original": document,
        "has_page": has_page is not None,
        "may_share": may_share and has_page is not None,
        "formats": [each.format for each in representations.registry],
        "chosen": rendered(document, chosen) if chosen else None,
        "link": link,
        "days": conf().PREVIEW_DAYS,
        "until": timezone.now() + timedelta(days=conf().PREVIEW_DAYS),
    }
    return TemplateResponse(request, "admin/archive/document/preview.html", context)
