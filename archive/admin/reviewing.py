"""Send to review, and back to draft, as actions on the list of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import admin, messages
from django.http import HttpRequest

from archive import review
from archive.models.document import DocumentQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class ReviewActions(admin.ModelAdmin):
    """The two actions, for whoever may change documents."""

    @admin.action(permissions=["change"], description="Send selected drafts to review")
    def send_to_review(self, request: HttpRequest, queryset: DocumentQuerySet) -> None:
        """Let drafts wait for somebody who may publish them."""
        selected = list(queryset.values_list("pk", flat=True))
        sent = review.send(selected, by=cast("User", request.user))
        _tell(request, len(sent), len(selected), done="in review now", others="not drafts")

    @admin.action(permissions=["change"], description="Back to draft, from review")
    def return_to_draft(self, request: HttpRequest, queryset: DocumentQuerySet) -> None:
        """Let documents in review be drafts again."""
        selected = list(queryset.values_list("pk", flat=True))
        returned = review.return_to_draft(selected, by=cast("User", request.user))
        _tell(request, len(returned), len(selected), done="drafts again", others="not in review")


def _tell(request: HttpRequest, moved: int, selected: int, *, done: str, others: str) -> None:
    if moved:
        messages.success(request, f"Of {selected:,} selected, {moved:,} are {done}.")
    if left := selected - moved:
        messages.warning(request, f"{left:,} of the selected stay as they are: they are {others}.")
