"""Collections in the admin: a tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.admin import look
from archive.admin.history import RememberedEntity
from archive.admin.meanwhile import GuardedForm
from archive.admin.queueing import refresh_later
from archive.admin.wording import WRITTEN
from archive.models import Collection, Document
from archive.models.document import DocumentQuerySet
from archive.naming import collections_within, documents_within


class CollectionForm(GuardedForm):
    """A collection."""

    def clean_parent(self) -> Collection | None:
        """The collection above, if it is not this one nor below it."""
        parent: Collection | None = self.cleaned_data["parent"]
        if parent and self.instance.pk and parent.pk in collections_within([self.instance.pk]):
            raise ValidationError(f"“{parent}” is this collection or one within it, so it cannot be above it.")
        return parent


@admin.register(Collection)
class CollectionAdmin(RememberedEntity):
    """Collections."""

    form = CollectionForm
    formfield_overrides: ClassVar = WRITTEN
    list_display = ("path", "slug", "held")
    list_select_related = ("parent__parent__parent",)
    search_fields = ("title", "slug")
    autocomplete_fields = ("parent",)
    fields = ("title", "slug", "parent", "description")
    show_full_result_count = False

    class Media:
        css: ClassVar = look.CSS
        js: ClassVar = look.JS

    def get_readonly_fields(self, request: HttpRequest, obj: Collection | None = None) -> tuple[str, ...]:
        """A slug is part of addresses and set names that others keep: chosen once, it stays."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Collection | None = None) -> dict[str, Sequence[str]]:
        """The slug of a new collection is proposed from its title."""
        return {} if obj else {"slug": ("title",)}

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the number of documents."""
        held = Document.collections.through.objects.filter(collection=OuterRef("pk")).order_by().values("collection")
        counts = Subquery(held.annotate(n=Count("pk")).values("n"))  # type: ignore[misc]  # of a table without a class
        return super().get_queryset(request).annotate(documents_held=Coalesce(counts, 0))

    def showing(self, obj: Collection) -> DocumentQuerySet:
        """The documents in it and below it."""
        return documents_within([obj.pk])

    def delete_model(self, request: HttpRequest, obj: Collection) -> None:
        """Delete; then let its public documents, and harvesters of its set, know."""
        refresh_later(request, documents_within([obj.pk]))  # before they are in it no more
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Collection]) -> None:
        """Delete several in the same way."""
        refresh_later(request, documents_within(queryset.values_list("pk", flat=True)))
        super().delete_queryset(request, queryset)

    @admin.display(description="collection", ordering="title")
    def path(self, collection: Collection) -> str:
        """The titles from the top down, as far as three levels up."""
        parts, above = [collection.title], collection.parent
        while above and len(parts) < 4:
            parts.append(above.title)
            above = above.parent if len(parts) < 4 else None
        return " › ".join(reversed(parts))

    @admin.display(description="documents", ordering="documents_held")
    def held(self, collection: Any) -> SafeString:
        """How many documents are in it, not counting those of collections below; the way leads to all of them."""
        address = f"{reverse('admin:archive_document_changelist')}?collections__id__exact={collection.pk}"
        return format_html('<a href="{}">{}</a>', address, collection.documents_held)
