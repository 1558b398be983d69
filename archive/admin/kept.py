"""What the archive keeps as it is: shown in the admin, and never changed there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest

from archive.admin import look
from archive.admin.paging import LongListAdmin


class KeptAdmin(LongListAdmin):
    """Rows that a verb writes and nobody edits."""

    class Media:
        css: ClassVar = look.CSS
        js: ClassVar = look.JS

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes one by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes one by hand."""
        return False


class PartsAdmin(KeptAdmin):
    """The parts of works: those of the latest work first, and of one work in their order.

    The order of the keys, which needs no sorting: whoever sees all parts sees the last ones first.
    """

    #: The column that leads to the work.
    whole = "accession"

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """By key; forwards where one work was chosen."""
        return ("id",) if f"{self.whole}__id__exact" in request.GET else ("-id",)
