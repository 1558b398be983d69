"""The page of an archival unit: where it stands, what is in it, and the public documents of the whole branch."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from archive import uris
from archive.models import ArchivalUnit, Document
from archive.naming import documents_in
from archive.units import ancestors, leading_to, path
from archive.web import finding
from archive.web.responses import not_found, page, page_number

#: Units listed on one page.
PART = 100


@require_safe
def unit(request: HttpRequest, identifier: str) -> HttpResponse:
    """A unit that a public document is kept in or below; of any other, nothing is said."""
    public = leading_to(Document.objects.public())
    found = ArchivalUnit.objects.filter(public, identifier=identifier).first()
    if found is None:
        return not_found(request)
    number = max(1, page_number(request, "units"))
    # One more than is shown, to know whether there are more without counting them all.
    start = (number - 1) * PART
    children = list(
        ArchivalUnit.objects.filter(public, parent=found).order_by("sort_key", "pk")[start : start + PART + 1]
    )
    context = {
        "unit": found,
        "path": path(found.pk, ancestors([found.pk]))[:-1],
        "children": children[:PART],
        "earlier": number - 1,
        "later": number + 1 if len(children) > PART else 0,
        "listing": finding.listed(documents_in(found).public(), page_number(request)),
        "uri": uris.unit(identifier),
    }
    return page(request, "archive_web/unit.html", context)
