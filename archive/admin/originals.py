"""Originals in the admin: the files as they came, to look up and to download."""

from __future__ import annotations

import posixpath

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.db.models.query import QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive.accession import refusals
from archive.admin.kept import KeptAdmin
from archive.models import Accession, AccessionSource, Original
from archive.serving import downloaded


def attachment(original: Original, name: str) -> FileResponse:
    """An original to download, under the name it was handed in with. No browser ever shows it as a page.

    :raises Http404: if the store has lost the file.
    """
    if not original.file.storage.exists(str(original.file.name)):
        raise Http404(f"the file of original {original.sha256} is not in the store")
    return downloaded(original.file.open("rb"), posixpath.basename(name), "application/octet-stream")


def refused_file(accession: Accession) -> FileResponse:
    """What an accession did not take in, to download.

    :raises Http404: if everything came in, or the store has lost an original.
    """
    try:
        found = refusals(accession)
    except OSError as error:
        raise Http404(f"an original of {accession} is not in the store") from error
    if found is None:
        raise Http404(f"everything of {accession} came in")
    return downloaded(found.file, posixpath.basename(found.name), found.media_type)


@admin.register(Original)
class OriginalAdmin(KeptAdmin):
    """Originals, named by their checksum."""

    list_display = ("__str__", "names", "bytes", "created_at")
    search_fields = ("=sha256", "sources__name")
    search_help_text = "File name, or the whole SHA-256."
    list_per_page = 50
    fields = ("sha256", "names", "bytes", "created_at", "download")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Original]:
        """With the names under which each was handed in."""
        sources = AccessionSource.objects.only("name", "original_id")
        return super().get_queryset(request).prefetch_related(Prefetch("sources", sources))

    def get_urls(self) -> list[URLPattern]:
        """Django's own, and the download."""
        view = self.admin_site.admin_view(self.download_view)
        return [path("<int:original_id>/download/", view, name="archive_original_download"), *super().get_urls()]

    def download_view(self, request: HttpRequest, original_id: int) -> FileResponse:
        """An original, for those who may see originals."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        original = get_object_or_404(Original, pk=original_id)
        source = original.sources.order_by("pk").first()
        return attachment(original, source.name if source else original.sha256)

    @admin.display(description="handed in as")
    def names(self, original: Original) -> str:
        """The file's names, each once."""
        return ", ".join(dict.fromkeys(source.name for source in original.sources.all())) or "–"

    @admin.display(description="size", ordering="size")
    def bytes(self, original: Original) -> str:
        """The size for people, and to the byte."""
        return f"{filesizeformat(original.size)} ({original.size:,} bytes)"

    @admin.display(description="file")
    def download(self, original: Original) -> SafeString:
        """Where to get it."""
        return format_html('<a href="{}">Download</a>', reverse("admin:archive_original_download", args=[original.pk]))
