"""Previews in the admin: the page and every representation of a document as they would be, and links to pass on.

The page is drawn here. What takes a renderer is made by a worker (archive.proofs), and the archivist waits for it on
a page that looks again by itself: the libraries of the formats have no place in a web process.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.cache import never_cache

from archive import previews, proofs, representations, tasks
from archive.accession.submission import UNREACHABLE
from archive.conf import conf
from archive.models import Document, Proof

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

logger = logging.getLogger(__name__)


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


def proof_of(document: Document, format: str) -> Proof:  # noqa: A002 - the word for it
    """A document in one format, as publishing it would make it; asked for, if no worker has made it yet.

    :raises Http404: if no installed app has this format.
    """
    if representations.registry.get(format) is None:
        raise Http404(f"there is no format {format}")
    proof, new = proofs.ask(document, format)
    if new:
        transaction.on_commit(lambda: _hint(proof))
    return proof


def _hint(proof: Proof) -> None:
    """Tell the queue; where it does not answer, the proof waits for the sweeper, and the page says that it waits."""
    try:
        tasks.make_proof.delay(proof.pk)
    except UNREACHABLE:
        logger.warning("the queue does not answer; proof %s is made when it does", proof.pk)


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
    proof = proof_of(document, chosen) if chosen else None
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Preview of {document}",
        "opts": model_admin.opts,
        "media": model_admin.media,
        "original": document,
        "has_page": has_page is not None,
        "may_share": may_share and has_page is not None,
        "formats": [each.format for each in representations.registry],
        "chosen": proof,
        "media_type": _media_type(chosen),
        "in_work": bool(proof and proof.made_at is None),
        "link": link,
        "days": conf().PREVIEW_DAYS,
        "until": timezone.now() + timedelta(days=conf().PREVIEW_DAYS),
    }
    return TemplateResponse(request, "admin/archive/document/preview.html", context)


def _media_type(format: str) -> str:  # noqa: A002 - the word for it
    renderer = representations.registry.get(format)
    return renderer.media_type if renderer else ""
