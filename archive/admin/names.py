"""Names of authorities in the admin: those beside the preferred one, whatever bears them."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from django.contrib import admin

from archive.admin.wording import WRITTEN, WrittenForm
from archive.models import AgentName
from archive.models.authority import Label


class NameForm(WrittenForm):
    """A further name; once somebody types it otherwise, it is theirs, and no document brought it."""

    def save(self, commit: bool = True) -> Any:
        """The row; a name that was learned from a draft would else stay hidden in its new wording."""
        if isinstance(self.instance, AgentName) and "value" in self.changed_data:
            self.instance.learned = False
        return super().save(commit)


class NameInline(admin.TabularInline):
    """Further names, one a row; see ``inline_of`` for one of a model's own."""

    form = NameForm
    formfield_overrides: ClassVar = WRITTEN
    extra = 0
    verbose_name = "further name"


@cache
def inline_of(model: type[Label]) -> type[NameInline]:
    """The inline of one kind of name; some say how they stand to what bears them."""
    kind = [field.name for field in model._meta.fields if field.name == "kind"]
    held: dict[str, Any] = {"model": model, "fields": ("value", *kind, "language"), "__doc__": NameInline.__doc__}
    return type(f"{model.__name__}Inline", (NameInline,), held)
