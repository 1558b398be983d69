"""Reading again from the admin: a worker looks first, and somebody decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join

from archive.accession.rereading import originals_again, submit_again
from archive.models import Accession

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Accessions that are read again in one go; the command takes all.
MOST = 20


class RereadActions(admin.ModelAdmin):
    """The action."""

    actions: Sequence[Any] = ("reread",)

    def has_reread_permission(self, request: HttpRequest) -> bool:
        """Who may hand files in."""
        return request.user.has_perm("archive.add_accession")

    @admin.action(permissions=["reread"], description="Read again with the present readers")
    def reread(self, request: HttpRequest, queryset: QuerySet[Accession]) -> None:
        """Let a worker look at what would change; each becomes an accession that waits for a decision."""
        chosen = list(queryset.order_by("pk")[: MOST + 1])
        if len(chosen) > MOST:
            messages.warning(request, f"Select at most {MOST}; manage.py reread takes all.")
            return
        made = [
            submit_again(again, by=cast("User", request.user), look_first=True)
            for accession in chosen
            for again in originals_again(accession=accession)
        ]
        if not made:
            messages.warning(request, "There is nothing in them that could be read again.")
            return
        links = ((reverse("admin:archive_accession_change", args=[each.pk]), each) for each in made)
        listed = format_html_join(", ", '<a href="{}">{}</a>', links)
        messages.success(request, format_html_join("", "A worker looks at what would change: {}.", [(listed,)]))
