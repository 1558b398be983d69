"""Records in the admin: where each came from, and the document that it became."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.admin.kept import KeptAdmin
from archive.models import Document
from harvest.client.intake import identity_of
from harvest.models import HarvestedRecord


@admin.register(HarvestedRecord)
class RecordAdmin(KeptAdmin):
    """Records."""

    list_display = ("identifier", "source", "datestamp", "harvested_at", "deletion")
    list_filter = ("source", "deletion")
    list_select_related = ("source",)
    list_per_page = 100
    ordering = ("-id",)
    search_fields = ("=identifier",)
    fields = (
        "identifier", "document", "source", "base_url", "datestamp", "metadata_namespace", "harvested_at", "run",
        "accession", "deletion", "origins",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description="document")
    def document(self, record: HarvestedRecord) -> SafeString | str:
        """The document that it became, if it is in."""
        found = Document.objects.filter(identity=identity_of(record.identifier)).first()
        if found is None:
            return "none"
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:archive_document_change", args=[found.pk]), found.title
        )
