"""What the page and the list of documents tell of one that nobody types: state, days, readiness, where it came from."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from archive.admin.badges import badge
from archive.admin.publishing import asked
from archive.admin.readiness import told as readiness_of
from archive.models import Document

BREAK = mark_safe("<br>")


class DocumentFacts(admin.ModelAdmin):
    """The columns of the list, and the fields of the page that are only read."""

    @admin.display(description="date", ordering="date_earliest")
    def dated(self, document: Document) -> str:
        """The date as it is stored; sorted by its first day."""
        return document.date

    @admin.display(description="state", ordering="state")
    def standing(self, document: Document) -> SafeString:
        """The state as a badge."""
        return badge(document.state, document.get_state_display())

    @admin.display(description="who and when")
    def who_and_when(self, document: Document) -> SafeString | str:
        """When it became public and when it was taken back, and who asked."""
        lines = [
            *([f"First published {_moment(document.published_at)}."] if document.published_at else []),
            *(
                [f"Withdrawn {_moment(document.withdrawn_at)}: {document.state_reason}"]
                if document.withdrawn_at
                else []
            ),
            *asked(document),
        ]
        return format_html_join(BREAK, "{}", ((line,) for line in lines)) or "Never public so far."

    @admin.display(description="problem")
    def problem(self, document: Document) -> SafeString:
        """Why the last attempt to publish it failed."""
        return format_html('<strong class="fonds-problem">The document {}</strong>', document.publication_error)

    @admin.display(description="ready for")
    def readiness(self, document: Document) -> SafeString | str:
        """What it still lacks for each aggregator."""
        return readiness_of(document) or "Not assessed yet: save the document, or run manage.py assess."

    @admin.display(description="days it can mean")
    def days(self, document: Document) -> str:
        """First and last day of the date, which decide where the document stands in lists."""
        if not (document.date_earliest or document.date_latest):
            return "None: without a date the document stands apart in lists."
        first, last = document.date_earliest or "open", document.date_latest or "open"
        return f"{first}" if first == last else f"{first} to {last}"

    @admin.display(description="came in with")
    def came_from(self, document: Document) -> SafeString | str:
        """The accession items that it came from, with what was understood of each."""
        items = document.accession_items.select_related("accession", "source").defer("understood").order_by("-pk")[:10]
        rows = (
            (
                reverse("admin:archive_accessionitem_change", args=[i.pk]),
                i,
                i.accession,
                _moment(i.accession.created_at),
                i.get_state_display(),
            )
            for i in items
        )
        joined = format_html_join(BREAK, '<a href="{}">{}</a> ({}, {}: {})', rows)
        return joined or "Not from a file: it was described by hand."

    @admin.display(description="entered")
    def entered(self, document: Document) -> str:
        """When it came in and when it last changed."""
        return f"{_moment(document.created_at)}; last changed {_moment(document.modified_at)}"


def _moment(moment: Any) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M %Z}"
