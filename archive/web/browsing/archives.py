"""Archives: the repositories that hold public documents, and the fonds of each; below it, each unit has a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from archive.models import ArchivalUnit, Document
from archive.units import leading_to
from archive.web.responses import page

#: Repositories on the page, and what is named below each.
REPOSITORIES, BELOW = 60, 40


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository, and the first of what it holds."""

    unit: ArchivalUnit
    holds: list[ArchivalUnit]
    more: bool


@require_safe
def archives(request: HttpRequest) -> HttpResponse:
    """The top of the archival tree, as far as public documents are kept below."""
    public = leading_to(Document.objects.public())
    tops = list(ArchivalUnit.objects.filter(public, parent=None).order_by("sort_key", "pk")[:REPOSITORIES])
    below = ArchivalUnit.objects.filter(public, parent__in=tops).order_by("sort_key", "pk")
    place = Window(RowNumber(), partition_by="parent", order_by=["sort_key", "pk"])
    held: dict[int | None, list[ArchivalUnit]] = {}
    for unit in below.annotate(place=place).filter(place__lte=BELOW + 1):
        held.setdefault(unit.parent_id, []).append(unit)
    found = [Repository(top, held.get(top.pk, [])[:BELOW], len(held.get(top.pk, [])) > BELOW) for top in tops]
    return page(request, "archive_web/archives.html", {"repositories": found})
