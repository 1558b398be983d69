"""The archival references of a document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest

from archive.admin.ordering import OrderedInline
from archive.admin.units import ABOVE
from archive.admin.wording import SmallTextarea, WrittenForm
from archive.models import ArchivalReference, ArchivalUnit


class ReferenceForm(WrittenForm):
    """A reference; what counts is the verbatim form, the codes are what was understood of it."""

    class Meta:
        widgets = {"verbatim": SmallTextarea, **dict.fromkeys(("fond", "opis", "delo", "papka"), forms.TextInput)}


class ReferenceInline(OrderedInline):
    """References, one a row."""

    model = ArchivalReference
    form = ReferenceForm
    fields = ("order", "verbatim", "repository", "fond", "opis", "delo", "papka", "listy", "unit", "understood")
    autocomplete_fields = ("unit",)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        """The unit, named with its whole path."""
        if db_field.name == "unit":
            kwargs["queryset"] = ArchivalUnit.objects.select_related(ABOVE)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Units are deleted in the tree alone."""
        formset = super().get_formset(request, obj, **kwargs)
        if "unit" in formset.form.base_fields:
            widget = formset.form.base_fields["unit"].widget
            widget.can_delete_related = widget.can_view_related = False
        return formset
