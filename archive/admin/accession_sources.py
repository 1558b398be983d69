"""Accession sources in the admin: the files that were handed in, and what is in each."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from archive.accession.originals import source_of
from archive.admin.badges import badge
from archive.admin.kept import PartsAdmin
from archive.admin.originals import attachment
from archive.models import AccessionItem, AccessionSource
from archive.readers import READERS, SourceRefused

#: Bytes of a file that is shown as text; a volume is looked at document by document.
SHOWN = 5_000_000
#: Documents that the page of a source lists; the list of items has all.
LISTED = 100


def attachment_of(source: AccessionSource) -> FileResponse:
    """The original of a source to download.

    :raises Http404: if it was refused before its bytes were read, or the store has lost it.
    """
    if source.original is None:
        raise Http404(f"{source.name} was refused before it was read")
    return attachment(source.original, source.name)


def download_link(address: str, source: AccessionSource) -> SafeString | str:
    """Where to get the file as it came."""
    if source.original is None:
        return "Refused before it was read."
    return format_html('<a href="{}">Download the file as it came</a> ({} bytes)', address, source.original.size)


def read_by(source: AccessionSource) -> str:
    """The reader and its version."""
    return f"{source.reader}, version {source.reader_version}" if source.reader else "No reader."


def text_of(source: AccessionSource) -> tuple[str, str]:
    """The text of a source, or why it cannot be shown."""
    if source.original is None:
        return "", "It was refused before it was read."
    if source.original.size > SHOWN:
        return "", f"It has {source.original.size:,} bytes; download the original to see them."
    try:
        return source_of(source.original, source.name).text, ""
    except SourceRefused as refusal:
        return "", str(refusal)
    except OSError:
        return "", "The original is not in the store any more. Tell whoever runs the site."


class ReaderFilter(admin.SimpleListFilter):
    """What one reader has read. The readers are known; asking the rows for theirs would read all of them."""

    title = "reader"
    parameter_name = "reader__exact"
    #: The column that holds its name.
    column = "reader"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Every reader."""
        return [(reader.name, reader.name) for reader in READERS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What it has read."""
        return queryset.filter(**{self.column: self.value()}) if self.value() else queryset

    def get_facet_queryset(self, changelist: ChangeList) -> dict[str, int]:
        """How much each has read of what the other filters leave, in one pass; Django asks anew for each reader."""
        rows = changelist.get_queryset(self.request, exclude_parameters=self.expected_parameters())
        counts = dict(rows.order_by().values_list(self.column).annotate(Count("pk")))
        return {f"{place}__c": counts.get(name, 0) for place, (name, _) in enumerate(self.lookup_choices)}


class ReaderOfItems(ReaderFilter):
    """Documents of sources that one reader has read."""

    parameter_name = "source__reader__exact"
    column = "source__reader"


@admin.register(AccessionSource)
class AccessionSourceAdmin(PartsAdmin):
    """Accession sources."""

    list_display = ("name", "accession", "standing", "documents", "reader", "short_reason")
    list_filter = ("state", ReaderFilter)
    list_select_related = ("accession",)
    list_per_page = 50
    search_fields = ("name", "reason")
    search_help_text = "File name, or words of the reason."
    fields = (
        *("accession_link", "container_link", "standing", "reason", "told", "documents", "read_by", "finished_at"),
        "original_link",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the number of documents in each, asked for the rows of a page alone: a join would count those of all."""
        items = AccessionItem.objects.filter(source=OuterRef("pk")).order_by().values("source")
        counted = Coalesce(Subquery(items.annotate(n=Count("pk")).values("n")), 0)
        return super().get_queryset(request).annotate(found=counted)

    def get_urls(self) -> list[URLPattern]:
        """Django's own, and the download."""
        view = self.admin_site.admin_view(self.original_view)
        return [path("<int:pk>/original/", view, name="archive_accessionsource_original"), *super().get_urls()]

    def original_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """The original, under the name of this source, for those who may see originals."""
        if not request.user.has_perm("archive.view_original"):
            raise PermissionDenied
        return attachment_of(get_object_or_404(AccessionSource.objects.select_related("original"), pk=pk))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With its documents, those first with which something is wrong; or with its words, if it has none."""
        if source := kwargs.get("obj"):
            wrong = Q(state__in=["refused", "failed"])
            items = source.items.select_related("document", "source").defer("understood")
            listed = items.annotate(wrong=wrong).order_by("-wrong", "part")[:LISTED]
            context.update(items=[(item, badge(item.state, item.get_state_display())) for item in listed])
            context.update(more=max(0, source.found - LISTED), total=source.found)
            if not source.found and source.original:
                text, unreadable = text_of(source)
                context.update(text=text[:200_000], unreadable=unreadable)
            context["title"] = f"What is in {source.name}"
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="state", ordering="state")
    def standing(self, source: AccessionSource) -> SafeString:
        """What became of it, as a badge."""
        return badge(source.state, source.get_state_display())

    @admin.display(description="documents", ordering="found")
    def documents(self, source: Any) -> SafeString | str:
        """How many documents are in it, as a link to them."""
        if not source.found:
            return "0"
        address = reverse("admin:archive_accessionitem_changelist")
        return format_html('<a href="{}?source__id__exact={}">{}</a>', address, source.pk, f"{source.found:,}")

    @admin.display(description="reason", ordering="reason")
    def short_reason(self, source: AccessionSource) -> str:
        """The beginning of the reason; the source's page has the whole."""
        return Truncator(source.reason).chars(100)

    @admin.display(description="notices")
    def told(self, source: AccessionSource) -> str:
        """What is to be known of it as a whole."""
        return " ".join(source.notices) or "–"

    @admin.display(description="accession")
    def accession_link(self, source: AccessionSource) -> SafeString:
        """The accession that it belongs to."""
        address = reverse("admin:archive_accession_change", args=[source.accession_id])
        return format_html('<a href="{}">{}</a>, file {}', address, source.accession, source.position)

    @admin.display(description="container")
    def container_link(self, source: AccessionSource) -> SafeString | str:
        """The source that it was unpacked from."""
        if source.container is None:
            return "–"
        address = reverse("admin:archive_accessionsource_change", args=[source.container_id])
        return format_html('<a href="{}">{}</a>', address, source.container)

    @admin.display(description="read by")
    def read_by(self, source: AccessionSource) -> str:
        """The reader and its version."""
        return read_by(source)

    @admin.display(description="original")
    def original_link(self, source: AccessionSource) -> SafeString | str:
        """Where to get the file as it came."""
        return download_link(reverse("admin:archive_accessionsource_original", args=[source.pk]), source)
