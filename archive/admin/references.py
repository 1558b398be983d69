"""The archival references of a document."""

from __future__ import annotations

from django import forms

from archive.admin.ordering import OrderedInline
from archive.admin.wording import SmallTextarea, WrittenForm
from archive.models import ArchivalReference


class ReferenceForm(WrittenForm):
    """A reference; what counts is the verbatim form, the codes are what was understood of it."""

    class Meta:
        widgets = {"verbatim": SmallTextarea, **dict.fromkeys(("fond", "opis", "delo", "papka"), forms.TextInput)}


class ReferenceInline(OrderedInline):
    """References, one a row."""

    model = ArchivalReference
    form = ReferenceForm
    fields = ("order", "verbatim", "repository", "fond", "opis", "delo", "papka", "listy", "understood")
