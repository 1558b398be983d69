"""The page of an archival unit: where it stands, what is in it, and the public documents of the whole branch."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive import schema_org, uris
from archive.models import ArchivalUnit, Document, Kind
from archive.naming import documents_in
from archive.serving import open_to_all
from archive.units import ancestors, leading_to, path
from archive.web import finding
from archive.web.forms import answered
from archive.web.panels import Link
from archive.web.responses import not_found, page, page_number

#: Units listed on one page.
PART = 100

#: What statements are called by readers, in the order in which they are shown; the rest is further description.
_LABELS = {
    "abstract": _("In short"),
    "creator": _("Created by"),
    "extent": _("Extent"),
    "temporal": _("Most of it from"),
    "date": _("Dates"),
    "language": _("Languages"),
    "medium": _("Box and folder"),
    "accessRights": _("Access"),
    "rights": _("Use"),
    "bibliographicCitation": _("Cite as"),
    "hasFormat": _("Copies"),
    "isFormatOf": _("Originals"),
    "provenance": _("History of the holding"),
    "subject": _("About"),
    "spatial": _("Places"),
    "type": _("Kind"),
    "relation": _("Related material"),
    "isReferencedBy": _("Described in"),
    "requires": _("Condition"),
    "accrualPolicy": _("Additions"),
    "identifier": _("Other codes"),
    "alternative": _("Other titles"),
    "title": _("Full title"),
    "description": _("Description"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of a unit under one heading; ``long`` where it is read in paragraphs rather than as a list."""

    label: str | Promise
    statements: tuple[dict[str, str], ...]
    long: bool


@open_to_all
def unit(request: HttpRequest, identifier: str, extension: str = "") -> HttpResponseBase:
    """A unit that a public document is kept in or below; of any other, nothing is said."""
    public = leading_to(Document.objects.public())
    found = ArchivalUnit.objects.filter(public, identifier=identifier).first()
    if found is None:
        return not_found(request)
    uri = uris.unit(identifier)
    return answered(request, Kind.UNIT, identifier, uri, extension, lambda forms: _page(request, found, forms))


def _page(request: HttpRequest, found: ArchivalUnit, forms: list[Link]) -> HttpResponse:
    public = leading_to(Document.objects.public())
    held = ArchivalUnit.objects.filter(public, parent=found).order_by("sort_key", "pk")
    # One more than is shown, to know whether there are more without counting them all.
    children = list(_after(held, request.GET.get("after", ""))[: PART + 1])
    context = {
        "unit": found,
        "path": path(found.pk, ancestors([found.pk]))[:-1],
        "children": children[:PART],
        "after": children[PART - 1].identifier if len(children) > PART else "",
        "begun": bool(request.GET.get("after")),
        "listing": finding.by_date(documents_in(found).public(), page_number(request)),
        "facts": _facts(found),
        "uri": uris.unit(found.identifier),
        "forms": forms,
        "schema": schema_org.thing(
            "ArchiveOrganization" if found.level == "repository" else "ArchiveComponent",
            uris.unit(found.identifier),
            found.title or found.name,
            identifier=found.code,
        ),
    }
    return page(request, "archive_web/unit.html", context)


def _after(held: QuerySet[ArchivalUnit], identifier: str) -> QuerySet[ArchivalUnit]:
    """Those that follow one of them; all, if none of them is called so. However many come before costs nothing."""
    last = held.filter(identifier=identifier).first() if identifier and "\0" not in identifier else None
    if last is None:
        return held
    return held.filter(Q(sort_key__gt=last.sort_key) | Q(pk__gt=last.pk), sort_key__gte=last.sort_key)


def _facts(unit: ArchivalUnit) -> list[Fact]:
    """The statements of a unit by what they say, known kinds first."""
    kinds: dict[str, list[dict[str, str]]] = {term: [] for term in _LABELS}
    for statement in unit.statements:
        kinds.setdefault(statement["term"], []).append(statement)
    return [
        Fact(_LABELS.get(term, term), tuple(said), any("\n" in each["value"] for each in said) or term == "abstract")
        for term, said in kinds.items()
        if said
    ]
