"""The page of an archival unit: where it stands, what is in it, and the public documents of the whole branch."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

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
    "abstract": "In short",
    "creator": "Created by",
    "extent": "Extent",
    "temporal": "Most of it from",
    "date": "Dates",
    "language": "Languages",
    "medium": "Box and folder",
    "accessRights": "Access",
    "rights": "Use",
    "bibliographicCitation": "Cite as",
    "hasFormat": "Copies",
    "isFormatOf": "Originals",
    "provenance": "History of the holding",
    "subject": "About",
    "spatial": "Places",
    "type": "Kind",
    "relation": "Related material",
    "isReferencedBy": "Described in",
    "requires": "Condition",
    "accrualPolicy": "Additions",
    "identifier": "Other codes",
    "alternative": "Other titles",
    "title": "Full title",
    "description": "Description",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of a unit under one heading; ``long`` where it is read in paragraphs rather than as a list."""

    label: str
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
