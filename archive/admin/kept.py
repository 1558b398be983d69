"""What the archive keeps as it is: shown in the admin, and never changed there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from archive.admin import look


class KeptAdmin(admin.ModelAdmin):
    """Rows that a verb writes and nobody edits."""

    show_full_result_count = False

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
