"""Concepts and their schemes in the admin, after SKOS."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, ManyToManyField
from django.http import HttpRequest

from archive import staleness
from archive.admin.authorities import AuthorityAdmin, StandingFilter
from archive.admin.history import RememberedEntity
from archive.admin.meanwhile import GuardedForm
from archive.admin.wording import WRITTEN
from archive.models import Concept, ConceptLabel, ConceptScheme, Document
from archive.models.document import DocumentQuerySet


class ConceptForm(GuardedForm):
    """A concept. What is broader is not narrower, and what is related is neither (SKOS, S27)."""

    def clean_broader(self) -> Iterable[Concept]:
        """The broader ones, if none is the concept itself or below it."""
        broader: Iterable[Concept] = self.cleaned_data["broader"]
        if self.instance.pk:
            above = _above({each.pk for each in broader})
            if self.instance.pk in above:
                raise ValidationError("One of these is this concept or a narrower one, so it cannot be broader.")
        return broader

    def clean(self) -> dict[str, Any]:
        """Related ones that stand neither above the concept nor below it."""
        cleaned = super().clean()
        related = {each.pk for each in cleaned.get("related") or ()}
        broader = {each.pk for each in cleaned.get("broader") or ()}
        if self.instance.pk in related or related & _above(broader):
            self.add_error("related", "One of these is this concept or a broader one, so it is not merely related.")
        return cleaned


def _above(concepts: set[int]) -> set[int]:
    """These and everything broader, however far up."""
    found = set(concepts)
    level = found
    while level:
        level = set(Concept.objects.filter(narrower__in=level).values_list("pk", flat=True)) - found
        found = found | level
    return found


@admin.register(Concept)
class ConceptAdmin(AuthorityAdmin):
    """Concepts."""

    form = ConceptForm
    list_display = ("name", "scheme", "notation", "also_known_as", "documents", "identifier")
    list_filter = ("scheme", StandingFilter)
    list_select_related = ("scheme",)
    search_fields = ("name", "labels__value", "=notation", "=identifier")
    autocomplete_fields = ("scheme", "broader", "related")
    fields = ("scheme", ("name", "notation"), "broader", "related", "identifier", "documents", "note")
    names = ConceptLabel

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField | None:
        """Broader and related ones, among current ones."""
        kwargs["queryset"] = Concept.objects.current()
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(ConceptScheme)
class ConceptSchemeAdmin(RememberedEntity, admin.ModelAdmin):
    """Schemes of concepts."""

    form = GuardedForm
    formfield_overrides: ClassVar = WRITTEN
    list_display = ("title", "slug", "size")
    search_fields = ("title", "slug")
    fields = ("title", "slug", "uri", "description")
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: ConceptScheme, form: Any, change: bool) -> None:
        """Save; its concepts say its title."""
        super().save_model(request, obj, form, change)
        staleness.mark_around(ConceptScheme, [obj.pk])

    def showing(self, obj: ConceptScheme) -> DocumentQuerySet:
        """None: of a concept, documents say only what itself is called."""
        return Document.objects.none()

    def after_restoring(self, request: HttpRequest, key: int) -> None:
        """Its concepts say its title."""
        staleness.mark_around(ConceptScheme, [key])

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the number of concepts."""
        return super().get_queryset(request).annotate(concepts_held=Count("concepts"))

    def get_readonly_fields(self, request: HttpRequest, obj: ConceptScheme | None = None) -> tuple[str, ...]:
        """A slug is part of addresses that others keep: chosen once, it stays."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        """The slug of a new scheme is proposed from its title."""
        return {} if obj else {"slug": ("title",)}

    @admin.display(description="concepts", ordering="concepts_held")
    def size(self, scheme: Any) -> int:
        """How many concepts are in it, merged ones too."""
        held: int = scheme.concepts_held
        return held
