"""What a document is about, where it was written, and how it stands to other documents."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from archive.admin.authorities import CurrentOnly
from archive.admin.ordering import OrderedInline
from archive.admin.wording import WrittenForm
from archive.models import DocumentRelation, Subject
from archive.rules import problems_of_subject


class SubjectForm(WrittenForm):
    """One agent, one concept or one place, in a relation that fits it."""

    def clean(self) -> dict[str, Any]:
        """Exactly one of the three; a kind is a concept, and only places are written at."""
        cleaned = super().clean()
        if not self.errors:
            for name, problem in problems_of_subject(cleaned):
                self.add_error(name, problem)
        return cleaned


class SubjectInline(CurrentOnly, OrderedInline):
    """Subjects, one a row; what lacks is made on the spot."""

    model = Subject
    form = SubjectForm
    fields = ("order", "relation", "concept", "place", "agent", "certain")
    autocomplete_fields = ("concept", "place", "agent")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Authorities can be made and corrected from here, but not deleted: other documents name them too."""
        formset = super().get_formset(request, obj, **kwargs)
        for name in set(self.autocomplete_fields) & set(formset.form.base_fields):
            widget = formset.form.base_fields[name].widget
            widget.can_delete_related = widget.can_view_related = False
        return formset


class RelationInline(OrderedInline):
    """Relations to other documents, one a row."""

    model = DocumentRelation
    fk_name = "document"
    fields = ("order", "kind", "target")
    autocomplete_fields = ("target",)
    verbose_name = "relation to another document"
    verbose_name_plural = "relations to other documents"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Other documents are edited on their own pages."""
        formset = super().get_formset(request, obj, **kwargs)
        if "target" in formset.form.base_fields:
            widget = formset.form.base_fields["target"].widget
            widget.can_add_related = widget.can_change_related = widget.can_delete_related = False
        return formset
