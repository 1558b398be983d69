"""unAPI: a document's citation by its identifier, which Zotero asks for when it finds one on a page.

unAPI version 1 (http://unapi.info/specs/). Of all that Zotero reads from a page, this alone tells who wrote to whom, of
what kind a document is, and leaves names whole: from the tags in the head it makes an article, and Zedong of Mao.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.utils.html import format_html, format_html_join

from archive.citations import STYLES
from archive.models import Document
from archive.models.identifiers import PATTERN
from archive.serving import TEXT, open_to_all
from archive.web.document_page import cited

#: By the names that Zotero knows, what it reads best first.
FORMATS = {style.label.lower(): style for style in reversed(STYLES)}


@open_to_all
def unapi(request: HttpRequest) -> HttpResponseBase:
    """The formats that there are; those of a document (300); or the document in one of them."""
    identifier, name = request.GET.get("id", ""), request.GET.get("format", "")
    if not identifier and not name:
        return HttpResponse(_formats(""), content_type="application/xml")
    public = Document.objects.public().only("identifier")
    found = public.filter(identifier=identifier).first() if PATTERN.fullmatch(identifier) else None
    if found is None:
        return HttpResponseNotFound("There is no such document.\n", content_type=TEXT)
    if not name:
        return HttpResponse(_formats(identifier), content_type="application/xml", status=300)
    if name not in FORMATS:
        return HttpResponse(f"There are: {', '.join(FORMATS)}.\n", content_type=TEXT, status=406)
    return cited(found, FORMATS[name])


def _formats(identifier: str) -> str:
    """The list of formats (unAPI 1, section 3), of a document or of all."""
    listed = ((name, style.media_type) for name, style in FORMATS.items())
    formats = format_html_join("", '<format name="{}" type="{}"/>', listed)
    whose = format_html(' id="{}"', identifier) if identifier else ""
    return format_html('<?xml version="1.0" encoding="UTF-8"?>\n<formats{}>{}</formats>\n', whose, formats)
