"""The texts of a document, edited where the document is."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.admin.widgets import AdminTextareaWidget

from archive.admin.desk import Desk
from archive.admin.ordering import OrderedFormSet
from archive.admin.wording import WRITTEN, WrittenField, WrittenForm
from archive.models import Text


class TextForm(WrittenForm):
    """A text; its body is taken to the letter, blanks at both ends included."""

    body = WrittenField(strip=False, widget=AdminTextareaWidget(attrs={"rows": 24, "class": "fonds-body"}))


class TextInline(Desk):
    """Texts one under another, beside their page images."""

    model = Text
    form = TextForm
    formset = OrderedFormSet
    formfield_overrides: ClassVar = WRITTEN
    extra = 0
    fields = (("kind", "language", "order"), "body")
