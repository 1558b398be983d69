"""The archival tree in the admin: one level at a time, and the documents of a whole branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, ForeignKey, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive import units, uris
from archive.admin import look
from archive.admin.facets import CHOICES, CountedFilter
from archive.admin.history import RememberedEntity
from archive.admin.meanwhile import GuardedForm
from archive.admin.paging import LongList, LongListAdmin
from archive.admin.statements import StatementsField
from archive.admin.wording import WRITTEN, SmallTextarea
from archive.models import ArchivalReference, ArchivalUnit, Document
from archive.models.document import DocumentQuerySet
from archive.models.unit import UnitLevel, sort_key
from archive.naming import documents_in, references_in
from archive.narrowing import among, led_to
from archive.rules import refuse_unknown_date

#: The parameter of the list that names the unit whose children are shown.
PARENT = "parent__id__exact"
#: What is proposed below the levels that have no next of their own.
_BELOW: dict[str, UnitLevel] = {
    UnitLevel.LIST: UnitLevel.LIST,
    UnitLevel.COLLECTION: UnitLevel.SERIES,
    UnitLevel.SUBSERIES: UnitLevel.FILE,
    UnitLevel.ITEM: UnitLevel.ITEM,
    UnitLevel.OTHER: UnitLevel.OTHER,
}
#: As many levels as are named above a unit.
ABOVE = "parent__parent__parent__parent__parent"


class UnitForm(GuardedForm):
    """A unit. The key under which it is sorted follows from its code."""

    class Meta:
        widgets = {"title": SmallTextarea}
        field_classes: ClassVar = {"statements": StatementsField}
        labels = {
            "parent": "Within",
            "date": "Date, EDTF",
            "dates": "Dates as written",
            "statements": "Dublin Core",
            "internal_note": "Not for the public",
        }
        help_texts = {
            "date": "1950-10-13, 1950-10, 1950, 1950~ (about), 1945/1953. Of several dates, the first.",
            "description": "Scope and content.",
            "internal_note": "What a finding aid keeps from readers, and what archivists note for one another.",
            "statements": "In the order in which they are shown. A value, a URI, or a URI and words for it.",
            "code": "As the archive writes it: 45, 059a, 0085. For a repository, its name or abbreviation.",
            "parent": "Empty for a repository alone. Choosing another one moves the unit with everything below it.",
        }

    def clean_date(self) -> str:
        """The date, if it is one."""
        edtf: str = self.cleaned_data["date"]
        refuse_unknown_date(edtf)
        return edtf

    def clean(self) -> dict[str, Any]:
        """A place in the tree that the unit can have, and a code that is free there."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        # Read first: what an error is added to is taken out of the cleaned data.
        unit, parent, level, code = self.instance, cleaned["parent"], cleaned["level"], cleaned["code"]
        if code or "code" in self.changed_data:
            unit.sort_key = sort_key(code)
        for name, problem in list(units.problems_of(unit, parent=parent, level=level, code=code)):
            self.add_error(name, problem)
        return cleaned


class UnitList(LongList):
    """The children of one unit; without one and without a search, the repositories."""

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet[Any]:
        """One level of the tree, unless something is looked for in the whole of it."""
        found = super().get_queryset(request, *args, **kwargs)
        looking = self.query or any(not name.startswith("_") for name in request.GET if name not in {"o", "p"})
        return found if looking else found.filter(parent=None)


@admin.register(ArchivalUnit)
class ArchivalUnitAdmin(RememberedEntity, LongListAdmin):
    """Archival units."""

    form = UnitForm
    formfield_overrides: ClassVar = WRITTEN
    list_display = ("unit", "title", "dates", "below", "held")
    list_display_links = ("unit",)
    list_filter = ("level",)
    list_per_page = 100
    list_select_related = (ABOVE,)
    ordering = ("parent_id", "sort_key", "id")
    search_fields = ("code", "title", "=identifier", "=identity")
    search_help_text = "Code or title of a unit, anywhere in the tree."
    autocomplete_fields = ("parent",)
    fieldsets = (
        (None, {"fields": ("parent", ("level", "code"), "title", ("dates", "date"), "extent", "description")}),
        ("Further description", {"fields": ("statements", "internal_note")}),
        (None, {"fields": ("identifier", "contents", "finding_aid")}),
    )

    class Media:
        css: ClassVar = look.CSS
        js: ClassVar = look.JS

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what stands above each and how much is directly below it, in one query."""
        references = ArchivalReference.objects.filter(unit=OuterRef("pk")).order_by().values("unit")
        children = ArchivalUnit.objects.filter(parent=OuterRef("pk")).order_by().values("parent")
        return (
            super()
            .get_queryset(request)
            .select_related(ABOVE)
            .annotate(
                children_count=Coalesce(Subquery(children.annotate(n=Count("pk")).values("n")), 0),
                documents_count=Coalesce(
                    Subquery(references.annotate(n=Count("document", distinct=True)).values("n")), 0
                ),
            )
        )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """One level at a time."""
        return UnitList

    def get_readonly_fields(self, request: HttpRequest, obj: ArchivalUnit | None = None) -> tuple[str, ...]:
        """An identifier is part of addresses that others keep: chosen once, it stays."""
        return ("identifier", "contents", "finding_aid") if obj else ("contents", "finding_aid")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """The unit above, named with its whole path."""
        if db_field.related_model is ArchivalUnit:
            kwargs["queryset"] = ArchivalUnit.objects.select_related(ABOVE)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """With the way from the top down to where one is."""
        asked = request.GET.get(PARENT, "")
        trail: list[ArchivalUnit] = []
        if asked.isascii() and asked.isdigit() and len(asked) < 19:
            above = units.ancestors([int(asked)])
            trail = units.path(int(asked), above) if int(asked) in above else []
        return super().changelist_view(request, {"trail": trail, "here": trail[-1] if trail else None})

    def showing(self, obj: ArchivalUnit) -> DocumentQuerySet:
        """The documents of the branch."""
        return documents_in(obj)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new unit is proposed one level below where it is to stand."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        parent = initial.get("parent", "")
        if str(parent).isdigit() and (above := ArchivalUnit.objects.filter(pk=parent).first()):
            levels = list(UnitLevel)
            initial["level"] = _BELOW.get(above.level) or levels[levels.index(UnitLevel(above.level)) + 1]
        return initial

    def view_on_site(self, obj: ArchivalUnit) -> str | None:
        """The public page, if a public document is kept in the unit."""
        public = units.leading_to(Document.objects.public())
        return uris.unit(obj.identifier) if ArchivalUnit.objects.filter(public, pk=obj.pk).exists() else None

    @admin.display(description="unit", ordering="sort_key")
    def unit(self, unit: ArchivalUnit) -> str:
        """Level and code, with the path above it."""
        return str(unit)

    @admin.display(description="below it", ordering="children_count")
    def below(self, unit: Any) -> SafeString | str:
        """How many units are directly below, and the way to them."""
        if not unit.children_count:
            return "–"
        address = f"{reverse('admin:archive_archivalunit_changelist')}?{PARENT}={unit.pk}"
        count: int = unit.children_count
        return format_html('<a href="{}">{}</a>', address, "1 unit" if count == 1 else f"{count} units")

    @admin.display(description="documents", ordering="documents_count")
    def held(self, unit: Any) -> SafeString | str:
        """How many documents are directly in it; the way leads to those of the whole branch."""
        own = str(unit.documents_count) if unit.documents_count else "–" if not unit.children_count else "below"
        return own if own == "–" else _documents(unit, own)

    @admin.display(description="finding aid")
    def finding_aid(self, unit: ArchivalUnit) -> str:
        """By what a finding aid knows the unit, and what a person has written otherwise since."""
        if not unit.identity:
            return "None describes it."
        changed = [name.replace("_", " ") for name, said in unit.said.items() if getattr(unit, name, said) != said]
        kept = f"; written otherwise here, and kept when it comes again: {', '.join(changed)}" if changed else ""
        return f"Described as {unit.identity.partition(':')[2]}{kept}."

    @admin.display(description="contents")
    def contents(self, unit: ArchivalUnit) -> SafeString | str:
        """The ways down: to the units below and to the documents of the whole branch."""
        if unit.pk is None:
            return "Nothing yet."
        return format_html("{} · {}", self.below(unit), _documents(unit, "Documents, those below it too"))


def _beginning() -> list[tuple[str, str]]:
    """The repositories, each with its fonds below it where all of that is few."""
    tops = ArchivalUnit.objects.filter(Q(parent=None) | Q(parent__parent=None)).order_by("sort_key", "id")
    held = list(tops[: CHOICES + 1])
    if len(held) > CHOICES:
        return [_choice(each, 0) for each in ArchivalUnit.objects.filter(parent=None).order_by("sort_key")[:CHOICES]]
    return [
        choice
        for top in held
        if top.parent_id is None
        for choice in (_choice(top, 0), *(_choice(each, 1) for each in held if each.parent_id == top.pk))
    ]


def _choice(unit: ArchivalUnit, deep: int) -> tuple[str, str]:
    """A choice of the filter, set in as deep as the unit stands; its path is what stands above."""
    own = f"{unit.get_level_display()} {unit.name}" if unit.parent_id else unit.name
    return str(unit.pk), f"{'– ' * deep}{own}"


def _documents(unit: ArchivalUnit, said: str) -> SafeString:
    address = f"{reverse('admin:archive_document_changelist')}?unit={unit.pk}"
    return format_html('<a href="{}">{}</a>', address, said)


class UnitFilter(CountedFilter):
    """The documents of a branch of the tree: first the repositories with their fonds, then one level after another.

    Many units have no place in a list of choices; the tree leads to each of them, and on from there to here.
    """

    title = "fond or other unit"
    parameter_name = "unit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The way down to the unit that was asked for and what is directly in it, each level further in."""
        unit = self._unit(request.GET.get(self.parameter_name, ""))
        if unit is None:
            return _beginning()
        way = [unit]
        while above := way[0]._state.fields_cache.get("parent"):
            way.insert(0, above)
        below = ArchivalUnit.objects.filter(parent=unit).order_by("sort_key", "id")[:CHOICES]
        return [*(_choice(each, deep) for deep, each in enumerate(way)), *(_choice(each, len(way)) for each in below)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> QuerySet[Document]:
        """Those that are kept in the unit or below it."""
        unit = self._unit(self.value() or "")
        return led_to(queryset, references_in(unit)) if unit else queryset  # type: ignore[arg-type]  # they are documents

    def rows(self) -> QuerySet[ArchivalReference] | None:
        """The references that lead to the unit or below it."""
        unit = self._unit(self.value() or "")
        return references_in(unit) if unit else None

    def tallied(self, keys: Sequence[int]) -> Mapping[str, int]:
        """Each document once, in however many units of a branch it is kept."""
        held: dict[int, set[int]] = {}
        rows = ArchivalReference.objects.order_by().filter(document__in=among(keys), unit__isnull=False)
        for unit, document in rows.values_list("unit_id", "document_id"):
            held.setdefault(unit, set()).add(document)
        counted: dict[str, set[int]] = {value: set() for value, _ in self.lookup_choices}
        parents = units.parents(held)
        for unit, kept in held.items():
            above: int | None = unit
            way: set[int] = set()  # units that are moved while their parents are read can seem to go round
            while above is not None and above not in way:
                way.add(above)
                if (found := counted.get(str(above))) is not None:
                    found |= kept
                above = parents.get(above)
        return {value: len(found) for value, found in counted.items()}

    def _unit(self, asked: str) -> ArchivalUnit | None:
        if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
            return None
        return ArchivalUnit.objects.select_related(ABOVE).filter(pk=int(asked)).first()
