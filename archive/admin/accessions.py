"""Accessions in the admin: hand files in, and see what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive import accession as verbs
from archive.accession import permissions
from archive.accession.pace import pace_of
from archive.admin.accession_decisions import DecidedAdmin
from archive.admin.badges import badge
from archive.admin.originals import refused_file
from archive.admin.paging import LongList
from archive.admin.progress import progress_bar, progress_told
from archive.admin.rereading import RereadActions
from archive.admin.steering import SteeredAdmin
from archive.admin.upload import UploadForm
from archive.models import Accession, AccessionItem, AccessionSource
from archive.models.accession import ItemState, SourceState

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Sources and documents on one page of an accession.
LISTED = 50

#: How many sources and documents of an accession are in each state.
Counts = dict[str, dict[str, int]]


class AccessionList(LongList):
    """The list of accessions, with the sources and documents of one page counted in two queries."""

    def get_results(self, request: HttpRequest) -> None:
        """Count after the page is cut out, so that no accession is counted that nobody looks at."""
        super().get_results(request)
        counts = _counts(each.pk for each in self.result_list)
        for each in self.result_list:
            each.counts = counts[each.pk]


@admin.register(Accession)
class AccessionAdmin(RereadActions, DecidedAdmin, SteeredAdmin):
    """Accessions."""

    rows = "files"
    list_display = (
        *("__str__", "when", "created_by", "standing", "progress"),
        *("files", "documents", "collection"),
    )
    list_filter = ("state", "publish", "collection")
    list_select_related = ("created_by", "collection")
    list_per_page = 50
    fields = (
        *("standing", "progress", "files", "documents", "refused_file"),
        *("created_at", "created_by", "finished_at", "collection", "mapped", "publish", "origin", "undoing"),
    )
    readonly_fields = fields

    def get_urls(self) -> list[URLPattern]:
        """Django's own, and the file of what did not come in."""
        view = self.admin_site.admin_view(self.refused_view)
        return [path("<int:pk>/refused/", view, name="archive_accession_refused"), *super().get_urls()]

    def refused_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """What did not come in, to be mended, for those who may see originals."""
        accession = get_object_or_404(Accession, pk=pk)
        if not (self.has_view_permission(request, accession) and request.user.has_perm("archive.view_original")):
            raise PermissionDenied
        return refused_file(accession)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who may hand files in."""
        return permissions.may_hand_in(request.user)

    def may_steer(self, request: HttpRequest, obj: Accession) -> bool:
        """Who may hand files in, and publish them if that was asked for."""
        return permissions.may_steer(request.user, obj)

    def cancel_work(self, obj: Accession) -> bool:
        """Cancel."""
        return verbs.cancel(obj)

    def retry_work(self, obj: Accession) -> int:
        """Retry."""
        return verbs.retry(obj)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list that counts."""
        return AccessionList

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Hand files in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        may_publish = permissions.may_publish(request.user)
        form = UploadForm(
            request.POST if request.method == "POST" else None, request.FILES or None, may_publish=may_publish
        )
        if form.is_valid():
            return self._submit(request, form)
        context = {
            **self.admin_site.each_context(request),
            "title": "Add accession",
            "opts": self.opts,
            "media": self.media,
            "form_media": form.media,
            "errors": form.errors,
            "adminform": helpers.AdminForm(form, [(None, {"fields": list(form.fields)})], {}),  # type: ignore[arg-type] # any form will do
        }
        return TemplateResponse(request, "admin/archive/accession/upload.html", context)

    def _submit(self, request: HttpRequest, form: UploadForm) -> HttpResponse:
        """Take the files in, and go where one sees what becomes of them."""
        warning = "The files are kept, but the message queue does not answer. Work on them begins when it does."
        accession = verbs.submit(
            form.sources(),
            publish=form.cleaned_data.get("publish", False),
            collection=form.cleaned_data["collection"],
            created_by=cast("User", request.user),
            look_first=form.cleaned_data["look_first"],
            unheard=lambda: messages.warning(request, warning),
        )
        self.log_addition(request, accession, f"Handed in {accession.sources.count()} files.")
        messages.success(request, f"{accession} is queued. The page shows what becomes of its files.")
        view = "change" if self.has_view_permission(request) else "add"
        arguments = [accession.pk] if view == "change" else []
        return HttpResponseRedirect(reverse(f"admin:archive_accession_{view}", args=arguments))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With a page of the sources, and a page of the documents."""
        if accession := kwargs.get("obj"):
            accession.counts = _counts([accession.pk])[accession.pk]
            accession.pace = 0 if accession.finished_at else pace_of(accession, now=timezone.now())
            sources = accession.sources.annotate(found=Count("items")).order_by("pk")
            items = accession.items.select_related("document", "source").defer("understood")
            items = items.order_by("source_id", "part")
            context.update(sources=_page(request, sources, "files"), items=_page(request, items, "documents"))
            context.update(in_work=accession.finished_at is None)
            context.update(
                told=progress_told(
                    accession.get_state_display(),
                    accession.counts["items"],
                    unfinished=AccessionItem.OPEN,
                    of="documents",
                )
            )
            context.update(self._buttons(request, accession))
            context.update(self.decisions(request, accession))
        return super().render_change_form(request, context, *args, **kwargs)

    def _buttons(self, request: HttpRequest, accession: Any) -> dict[str, Any]:
        """What this user may press now."""
        may_steer, ended = self.may_steer(request, accession), accession.finished_at is not None
        again = any(counts.get(state) for counts in accession.counts.values() for state in ("failed", "cancelled"))
        return {
            "show_cancel": may_steer and not ended and not accession.cancel_requested,
            "show_retry": may_steer and ended and again,
        }

    @admin.display(description="state", ordering="state")
    def standing(self, accession: Accession) -> SafeString:
        """How it stands, as a badge."""
        shown = badge(accession.state, accession.get_state_display())
        cancelling = accession.cancel_requested and accession.finished_at is None
        return format_html("{}, being cancelled", shown) if cancelling else shown

    @admin.display(description="progress")
    def progress(self, accession: Any) -> SafeString | str:
        """How far it is: first its files are read, then what is in them comes in."""
        counts = accession.counts
        files = progress_bar(counts["sources"], unfinished=AccessionSource.OPEN, of="files")
        if not any(counts["items"].values()):
            return files
        pace = getattr(accession, "pace", 0)
        documents = progress_bar(counts["items"], unfinished=AccessionItem.OPEN, of="documents", pace=pace)
        reading = any(counts["sources"].get(state) for state in AccessionSource.OPEN)
        return format_html("{}<br>{}", files, documents) if reading else documents

    @admin.display(description="files")
    def files(self, accession: Any) -> SafeString | str:
        """How many files came to which end, each a link to them."""
        return _outcomes(accession.pk, accession.counts["sources"], SourceState, "accessionsource")

    @admin.display(description="documents")
    def documents(self, accession: Any) -> SafeString | str:
        """How many documents came to which end, each a link to them."""
        return _outcomes(accession.pk, accession.counts["items"], ItemState, "accessionitem")

    @admin.display(description="to mend")
    def refused_file(self, accession: Any) -> SafeString | str:
        """Where to get what did not come in."""
        if not any(counts.get(state) for counts in accession.counts.values() for state in verbs.NOT_IN):
            return "nothing"
        address = reverse("admin:archive_accession_refused", args=[accession.pk])
        return format_html('<a href="{}">Download what did not come in</a>, mend it and hand it in again.', address)

    @admin.display(description="columns of tables")
    def mapped(self, accession: Accession) -> str:
        """The mapping as it was when the files were handed in."""
        return accession.mapping.get("name") or "by their headings"


def _outcomes(accession_id: int, counts: dict[str, int], states: Any, model: str) -> SafeString | str:
    address = reverse(f"admin:archive_{model}_changelist")
    rows = (
        (address, accession_id, state.value, counts[state.value], state.label)
        for state in states
        if counts.get(state.value)
    )
    link = '<a href="{}?accession__id__exact={}&amp;state__exact={}">{} {}</a>'
    return format_html_join(" · ", link, rows) or "none"


def _page(request: HttpRequest, rows: QuerySet[Any], name: str) -> dict[str, Any]:
    """One page of the rows of an accession, each with its badge; ``name`` is that of the page's parameter."""
    page = Paginator(rows, LISTED).get_page(request.GET.get(name))
    return {
        "page": page,
        "rows": [(each, badge(each.state, each.get_state_display())) for each in page],
        "numbers": page.paginator.get_elided_page_range(page.number) if page.has_other_pages() else (),
        "parameter": name,
    }


def _counts(accession_ids: Any) -> dict[int, Counts]:
    """How many sources and documents of each accession are in which state."""
    ids = list(accession_ids)
    counts: dict[int, Counts] = {pk: {"sources": {}, "items": {}} for pk in ids}
    for kind, model in (("sources", AccessionSource), ("items", AccessionItem)):
        rows = model._default_manager.filter(accession__in=ids).order_by()
        for pk, state, count in rows.values_list("accession_id", "state").annotate(Count("pk")):
            counts[pk][kind][state] = count
    return counts
