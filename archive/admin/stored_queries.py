"""Stored queries in the admin: sets for harvesters, by what the list of documents can be filtered by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from archive import publication, tasks
from archive.accession.submission import UNREACHABLE
from archive.admin import look
from archive.admin.queueing import refresh_later
from archive.admin.wording import WRITTEN, WrittenForm
from archive.models import StoredQuery
from archive.sets.queries import answers, spec_of_query, stored_queries

#: What a query can say of documents.
ASKED = ("words", "collection", "unit", "original_language", "dated_from", "dated_to", "published_within")


class StoredQueryForm(WrittenForm):
    """A stored query. It says something, and what it says can be."""

    class Meta:
        help_texts: ClassVar = {
            "slug": "Part of the name by which harvesters know the set. It cannot be changed later.",
            "within": "Finds only what that one finds too. It cannot be changed later.",
            "words": "As in the search of the list of documents: every word, or a part of one, stands somewhere.",
            "collection": "With the collections below it.",
            "unit": "With all that is below it.",
            "original_language": "A tag: en, ru, zh-Hans.",
            "for_readers": "It has a page and an Atom feed, which the home page and the page about the archive name.",
            "published_within": "Days. Documents leave the set by themselves when these have passed.",
        }

    def clean(self) -> dict[str, Any]:
        """At least one thing that is asked, and days in their order."""
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in ASKED):
            raise ValidationError("This asks for nothing, so every document would answer. Fill in one line at least.")
        first, last = cleaned.get("dated_from"), cleaned.get("dated_to")
        if first and last and first > last:
            self.add_error("dated_to", "This day is before the first one.")
        return cleaned


@admin.register(StoredQuery)
class StoredQueryAdmin(admin.ModelAdmin):
    """Stored queries."""

    form = StoredQueryForm
    formfield_overrides: ClassVar = WRITTEN
    list_display = ("title", "set_spec", "for_readers", "standing")
    list_select_related = ("within", "unit")
    search_fields = ("title", "slug")
    autocomplete_fields = ("within", "collection", "unit")
    fieldsets = (
        (None, {"fields": ("title", "slug", "within", "description")}),
        ("Documents for which all of this holds", {"fields": ASKED}),
        ("For readers", {"fields": ("for_readers",)}),
        ("The set", {"fields": ("set_spec", "found", "standing")}),
    )
    show_full_result_count = False

    class Media:
        css: ClassVar = look.CSS
        js: ClassVar = look.JS

    def get_readonly_fields(self, request: HttpRequest, obj: StoredQuery | None = None) -> tuple[str, ...]:
        """What the set's name is made of was chosen once, and stays."""
        shown = ("set_spec", "found", "standing")
        return ("slug", "within", *shown) if obj else shown

    def get_fieldsets(self, request: HttpRequest, obj: StoredQuery | None = None) -> Any:
        """A new one has no set yet."""
        return self.fieldsets if obj else self.fieldsets[:3]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        """The slug of a new query is proposed from its title."""
        return {} if obj else {"slug": ("title",)}

    def save_model(self, request: HttpRequest, obj: StoredQuery, form: Any, change: bool) -> None:
        """Save; then let a worker find out which documents enter the set or leave it."""
        super().save_model(request, obj, form, change)
        publication.follow_anew(obj)
        transaction.on_commit(_follow_soon)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: StoredQuery) -> None:
        """Delete, and let harvesters of the set know that its documents have left it."""
        refresh_later(request, publication.members(spec_of_query(obj, stored_queries())))
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[StoredQuery]) -> None:
        """Delete several in the same way."""
        queries = stored_queries()
        for query in queryset:
            refresh_later(request, publication.members(spec_of_query(query, queries)))
        super().delete_queryset(request, queryset)

    @admin.display(description="set")
    def set_spec(self, query: StoredQuery) -> str:
        """Its name for harvesters."""
        return spec_of_query(query, stored_queries())

    @admin.display(description="documents")
    def found(self, query: StoredQuery) -> str:
        """How many public documents answer now, and how many are in the set."""
        queries = stored_queries()
        held = publication.members(spec_of_query(query, queries)).count()
        return f"{answers(query, queries).count()} answer, {held} are in the set"

    @admin.display(description="followed")
    def standing(self, query: StoredQuery) -> str:
        """Whether the set is as the query says."""
        return "documents are moving" if query.followed_at is None else "the set is as the query says"


def _follow_soon() -> None:
    """Let a worker look at once. Where the queue does not answer, the sweeper finds the query."""
    try:
        tasks.follow_queries.delay()
    except UNREACHABLE:
        return
