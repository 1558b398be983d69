"""Inlines whose rows have an order."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.forms import BaseInlineFormSet
from django.forms.models import ModelForm

from archive.admin.sources import FromSource
from archive.admin.wording import WRITTEN, WrittenForm


class OrderedFormSet(BaseInlineFormSet):
    """Rows in their order; a new one goes to the end, unless somebody says where it stands."""

    def save_new(self, form: ModelForm[Any], commit: bool = True) -> Any:
        """Save a new row after all others."""
        if "order" not in form.changed_data:
            form.instance.order = self._next()
        return super().save_new(form, commit=commit)

    def _next(self) -> int:
        taken = [form.instance.order for form in self.forms if form.instance.pk or "order" in form.changed_data]
        new = [each.order for each in getattr(self, "new_objects", [])]
        return max([*taken, *new], default=-1) + 1


class OrderedInline(FromSource, admin.TabularInline):
    """Base of the inlines of a document's parts."""

    template = "admin/archive/document/rows.html"
    extra = 0
    form = WrittenForm
    formset = OrderedFormSet
    formfield_overrides: ClassVar = WRITTEN
