"""The texts of a document, edited where the document is."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import HttpRequest

from archive.admin.desk import Desk
from archive.admin.ordering import OrderedFormSet
from archive.admin.wording import WRITTEN, WrittenField, WrittenForm
from archive.models import Text

#: How the end of a page is shown and typed. It is kept as a form feed, which nobody could see.
PAGE_BREAK = "␌"


class BodyField(WrittenField):
    """The words of a text, taken to the letter; pages end in it where they end on the paper."""

    meaningful = "\f"

    def prepare_value(self, value: Any) -> Any:
        """The words with the ends of pages to be seen."""
        return value.replace("\f", PAGE_BREAK) if isinstance(value, str) else value

    def to_python(self, value: Any) -> str:
        """What was typed, with the ends of pages as they are kept."""
        return super().to_python(value).replace(PAGE_BREAK, "\f")

    def _seen(self, words: Any) -> str:
        return super()._seen(words).replace("\f", PAGE_BREAK)


class TextForm(WrittenForm):
    """A text; its body is taken to the letter, blanks at both ends included."""

    class Meta:
        labels = {"licence_uri": "Licence", "made_by": "By whom"}
        help_texts = {
            "made_by": "Who transcribed or translated it, or which program did.",
            "licence_uri": "The address of a licence, where the text has one of its own.",
            "derived_from": "The text of this document that it was made from.",
        }

    body = BodyField(
        strip=False,
        widget=AdminTextareaWidget(attrs={"rows": 24, "class": "fonds-body"}),
        help_text=f"{PAGE_BREAK} is where a page ends: copy it to where another one does.",
    )


class TextInline(Desk):
    """Texts one under another, beside their page images."""

    model = Text
    form = TextForm
    formset = OrderedFormSet
    formfield_overrides: ClassVar = WRITTEN
    extra = 0
    fields = (
        ("kind", "language", "order"),
        "body",
        ("method", "made_by"),
        ("licence_uri", "derived_from"),
    )

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A text derives from another one of the same document."""
        formset = super().get_formset(request, obj, **kwargs)
        field: Any = formset.form.base_fields.get("derived_from")
        if field is not None:
            field.queryset = Text.objects.filter(document=obj).defer("body") if obj else Text.objects.none()
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_delete_related = field.widget.can_view_related = False
        return formset
