"""What agents, places and concepts have in common in the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import Field, ForeignKey, Q, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse

from archive import uris
from archive.admin import look
from archive.admin.history import RememberedEntity
from archive.admin.links import LinkInline, ReviewedLinks
from archive.admin.meanwhile import GuardedForm
from archive.admin.merges import MergeActions
from archive.admin.named import NamedAdmin
from archive.admin.names import inline_of
from archive.admin.searching import Way, answering, contains
from archive.admin.wording import WRITTEN
from archive.models import Agent, Concept, ConceptLabel, Place
from archive.models.authority import Label
from archive.models.document import DocumentQuerySet
from archive.naming import documents_naming, kind_of, publicly_named

#: The columns that lead to an authority, by the model they lead to.
AUTHORITIES = (Agent, Concept, Place)


class CurrentOnly:
    """Where an authority is chosen, those that were merged into another are no choice.

    For admin classes and inlines. A form that was opened before the merge is refused when it is sent.
    """

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """The choice, among current ones."""
        if db_field.related_model in AUTHORITIES:
            kwargs["queryset"] = db_field.related_model._default_manager.filter(merged_into__isnull=True)
        field: ModelChoiceField | None = super().formfield_for_foreignkey(  # type: ignore[misc]  # a mixin
            db_field, request, **kwargs
        )
        if field is not None and "queryset" in kwargs:
            field.error_messages["invalid_choice"] = (
                "This is not there any more, or was merged into another. Choose again."
            )
        return field


class StandingFilter(admin.SimpleListFilter):
    """Current ones, unless somebody asks for those that were merged."""

    title = "standing"
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """One choice beside the current ones."""
        return [("yes", "merged into another")]

    def choices(self, changelist: Any) -> Any:
        """The first choice says what it shows, which is not all."""
        shown = super().choices(changelist)
        yield {**next(shown), "display": "current"}
        yield from shown

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those that stand as asked for."""
        return queryset.filter(merged_into__isnull=self.value() != "yes")


#: What optional apps offer to do with selected authorities: for an admin class and a request, actions by name as
#: ``ModelAdmin.get_actions`` has them. An app that has some adds a function here when its admin module is loaded.
FURTHER_ACTIONS: list[Callable[[admin.ModelAdmin, HttpRequest], dict[str, Any]]] = []


class AuthorityAdmin(CurrentOnly, ReviewedLinks, MergeActions, RememberedEntity, NamedAdmin):
    """Base of the three; found by any name, here and wherever one is chosen."""

    #: The model of its further names.
    names: type[Label]

    form = GuardedForm
    formfield_overrides: ClassVar = WRITTEN
    list_per_page = 50
    search_help_text = "Any name, variants too, or the identifier."

    class Media:
        css: ClassVar = look.CSS
        js: ClassVar = look.JS

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """An identifier is part of addresses that others keep: chosen once, it stays."""
        return ("identifier", "documents") if obj else ("documents",)

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        """The note says who reads it."""
        if db_field.name == "note":
            kwargs["help_text"] = "A biography or a scope note. Readers see it on the page."
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was merged stays, because its address redirects for ever."""
        return super().has_delete_permission(request, obj) and not (obj and obj.merged_into_id)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was merged is only looked at; who wants to change it undoes the merge."""
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Those that answer; where one is chosen, current ones alone."""
        if request.resolver_match is not None and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(merged_into__isnull=True)
        return answering(queryset, search_term, self._ways), False

    def _ways(self, word: str) -> list[Way]:
        """By a name with the word in it, or by the identifier or the notation."""
        exact = [field[1:] for field in self.search_fields if field.startswith("=")]
        return [
            Way(self.model, contains("name", word)),
            Way(self.names, contains("value", word), kind_of(self.model)),
            *(Way(self.model, Q(**{field: word})) for field in exact),
        ]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Its own, and those of optional apps."""
        actions: dict[str, Any] = super().get_actions(request)
        if IS_POPUP_VAR not in request.GET:
            for further in FURTHER_ACTIONS:
                actions |= further(self, request)
        return actions

    def get_inlines(self, request: HttpRequest, obj: Any) -> tuple[type[admin.TabularInline], ...]:
        """Its further names, and its links."""
        return (inline_of(self.names), LinkInline)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the further names, fetched once for the whole page."""
        return super().get_queryset(request).prefetch_related(self._names)

    @property
    def _names(self) -> str:
        """The relation that leads to the further names."""
        return "labels" if self.model is Concept else "names"

    @admin.display(description="also known as")
    def also_known_as(self, authority: Any) -> str:
        """The further names that are shown."""
        names = getattr(authority, self._names).all()
        return ", ".join(each.value for each in names if getattr(each, "kind", "") != ConceptLabel.Kind.HIDDEN)

    def showing(self, obj: Any) -> DocumentQuerySet:
        """The documents that name it."""
        return documents_naming(obj)

    def view_on_site(self, obj: Any) -> str | None:
        """The public page, if a public document leads there."""
        model = type(obj)
        if not publicly_named(model._default_manager.filter(pk=obj.pk)).exists():
            return None
        address: str = getattr(uris, kind_of(model))(obj.identifier)
        return address

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Back to the page if a link was judged."""
        return self.stay(request, obj) or super().response_change(request, obj)
