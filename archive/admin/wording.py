"""Words as archivists type them: nothing that cannot be published, and nothing changed that nobody touched.

A browser sends every line break as CR LF, and drops line breaks from one-line inputs altogether. Saved as they
come, all transcripts of a document would change as soon as somebody corrects its title, and every harvester
would be sent them anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import models

from archive.rules import refuse_control_characters, refuse_unknown_tag

_LINE_BREAK = re.compile(r"\r\n?|\n")


class WrittenField(forms.CharField):
    """Words in a form; line breaks alone are no change, because it is the browser that changes them."""

    #: Control characters that mean something in it.
    meaningful = ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether somebody typed something else."""
        return not self.disabled and self._seen(initial) != self._seen(data)

    def to_python(self, value: Any) -> str:
        """What was typed, with every line break as LF."""
        return _LINE_BREAK.sub("\n", super().to_python(value) or "")

    def _seen(self, words: Any) -> str:
        break_as = "\n" if isinstance(self.widget, forms.Textarea) else ""
        return _LINE_BREAK.sub(break_as, words or "")


class WrittenForm(forms.ModelForm):
    """A form that leaves untouched words as they are stored, and refuses beside its field what cannot be published."""

    def clean(self) -> dict[str, Any]:
        """Keep, then check: also a character that came in long ago has to go before anything is saved."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in set(cleaned) - set(self.changed_data):
            if isinstance(self.fields.get(name), WrittenField):
                cleaned[name] = self.initial.get(name) or cleaned[name]
        for name, value in list(cleaned.items()):
            try:
                for words in _words(value):
                    refuse_control_characters(words, but=getattr(self.fields.get(name), "meaningful", ""))
                if name.endswith("language"):
                    refuse_unknown_tag(value)
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned


def _words(value: Any) -> Iterator[str]:
    """The words in a value of a form, those within JSON too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _words([*value, *value.values()])
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)


class SmallTextarea(AdminTextareaWidget):
    """A text area of two lines, for words that may hold line breaks and seldom do."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"rows": 2, "cols": 40, "class": "vLargeTextField fonds-small", **(attrs or {})})


#: ``formfield_overrides`` of every admin class in which somebody writes.
WRITTEN: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.CharField: {"form_class": WrittenField, "widget": AdminTextInputWidget},
    models.TextField: {"form_class": WrittenField, "widget": AdminTextareaWidget},
    models.SlugField: {},
    models.URLField: {"assume_scheme": "https"},
}
