"""Decisions over an accession in the admin: take in or discard what was looked at, and undo what came in."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from archive import accession as verbs
from archive.accession import permissions
from archive.accession.judging import Act
from archive.accession.looking import describing
from archive.accession.undoing import ENDED, changed_by
from archive.accession.vanished import vanished
from archive.jobs.accessions import Foreseen, undo_accession, undoing_of, what_undoing_does
from archive.jobs.steering import CannotBeUndone
from archive.models import Accession
from archive.models.accession import AccessionState, ItemState

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Documents that the page tells of one by one.
TOLD = 100
#: In the order in which the page before undoing tells them.
ACTS = tuple(Act)


class DecidedAdmin(admin.ModelAdmin):
    """The buttons, and the page between."""

    def may_undo(self, request: HttpRequest, obj: Accession) -> bool:
        """Editors, and who made it. What is public, only those withdraw who may."""
        return permissions.may_undo(request.user, obj)

    def get_urls(self) -> list[URLPattern]:
        """Django's own, and one for each decision."""
        return [
            path("<int:pk>/undo/", self._decided(self.undo_view), name="archive_accession_undo"),
            path("<int:pk>/take-in/", self._decided(self.take_in_view), name="archive_accession_take_in"),
            path("<int:pk>/discard/", self._decided(self.discard_view), name="archive_accession_discard"),
            *super().get_urls(),
        ]

    def _decided(self, view: Any) -> Any:
        """A view that changes something: only by POST, and only for who may see the accession."""

        def checked(request: HttpRequest, pk: int) -> HttpResponse:
            obj = get_object_or_404(Accession, pk=pk)
            may = self.may_undo if view == self.undo_view else self.may_steer  # type: ignore[attr-defined]
            if not (self.has_view_permission(request, obj) and may(request, obj)):
                raise PermissionDenied
            return cast("HttpResponse", view(request, obj)) if request.method == "POST" else _post_only()

        return self.admin_site.admin_view(checked)

    def take_in_view(self, request: HttpRequest, obj: Accession) -> HttpResponse:
        """Let what was looked at come in."""
        if count := verbs.take_in(obj):
            what = _documents(count) if obj.items.exists() else f"{count:,} file{'' if count == 1 else 's'}"
            self.log_change(request, obj, f"Took {what} in after a look.")
            messages.success(request, f"{obj} is queued: {what} {'is' if count == 1 else 'are'} taken in.")
        else:
            messages.warning(request, "Somebody has decided already; nothing was changed.")
        return _back_to(obj)

    def discard_view(self, request: HttpRequest, obj: Accession) -> HttpResponse:
        """Take nothing in."""
        if verbs.discard(obj):
            self.log_change(request, obj, "Discarded after a look.")
            messages.success(request, f"{obj} is discarded. Nothing came in; the files are kept.")
        else:
            messages.warning(request, "Somebody has decided already; nothing was changed.")
        return _back_to(obj)

    def undo_view(self, request: HttpRequest, obj: Accession) -> HttpResponse:
        """Show what undoing would do; when that is confirmed, do it.

        What was seen is what is done: if it has changed since it was shown, it is shown again.
        """
        user = cast("User", request.user)
        seen = what_undoing_does(obj, by=user)
        if obj.state in ENDED and seen.total and request.POST.get("mark") != seen.mark:
            return self._ask(request, obj, seen)
        try:
            job = undo_accession(obj, by=user)
        except CannotBeUndone as refusal:
            messages.error(request, str(refusal))
            return _back_to(obj)
        self.log_change(request, obj, f"Asked to undo, as {job}.")
        messages.success(request, f"{obj} is being undone: {_documents(job.total)}. This page tells when it is done.")
        return _back_to(obj)

    def _ask(self, request: HttpRequest, obj: Accession, seen: Foreseen) -> HttpResponse:
        """The page between: it posts back to the same address."""
        context = {
            **self.admin_site.each_context(request),
            "title": f"Undo {obj}",
            "opts": self.opts,
            "media": self.media,
            "original": obj,
            "seen": seen,
            "groups": [
                (act, count, [each for each in seen.fates if each.act is act][:TOLD])
                for act in ACTS
                if (count := seen.counts.get(act, 0))
            ],
            "told": TOLD,
            "moved": "mark" in request.POST,
            "back": reverse("admin:archive_accession_change", args=[obj.pk]),
        }
        return TemplateResponse(request, "admin/archive/accession/undo.html", context)

    def decisions(self, request: HttpRequest, accession: Accession) -> dict[str, Any]:
        """What the page of an accession shows of all this."""
        job = undoing_of(accession)
        undoable = accession.state in ENDED and self.may_undo(request, accession) and not (job and job.open)
        waits = accession.state == AccessionState.LOOKED_AT
        decided = accession.state in (*ENDED, AccessionState.LOOKED_AT)
        gone = list(islice(vanished(accession), TOLD + 1)) if decided else []
        return {
            "show_undo_accession": changed_by(accession) if undoable else 0,
            "show_decide": waits and self.may_steer(request, accession),  # type: ignore[attr-defined]
            "waits": waits,
            **(_looked(accession) if waits else {}),
            "vanished": gone[:TOLD],
            "more_vanished": len(gone) > TOLD,
            "undone_kept": accession.undone.get("kept", []),
            **({"in_work": True} if job and job.open else {}),
        }

    @admin.display(description="undone")
    def undoing(self, accession: Accession) -> SafeString | str:
        """Who undid it and when, and how far that is, with a link to the job for who may see it."""
        job = undoing_of(accession)
        if job is None:
            return "–"
        done = job.items.exclude(state="queued").count()
        words = f"{job.get_state_display()}, {done:,} of {job.total:,} documents"
        who = f" by {accession.undone_by}" if accession.undone_by else ""
        when = f", {accession.undone_at:%Y-%m-%d %H:%M}" if accession.undone_at else ""
        address = reverse("admin:archive_job_change", args=[job.pk])
        return format_html('<a href="{}">{}</a>: {}{}{}', address, job, words, who, when)

    @admin.display(description="compared with")
    def origin(self, accession: Accession) -> SafeString | str:
        """The accession whose originals it reads again, or that it replaces."""
        other = accession.rereads or accession.replaces
        if other is None:
            return "–"
        word = "reads again" if accession.rereads_id else "replaces"
        return format_html(
            '{} <a href="{}">{}</a>', word, reverse("admin:archive_accession_change", args=[other.pk]), other
        )


def _looked(accession: Accession) -> dict[str, Any]:
    """How many documents would come in, change or stay as they are."""
    items = accession.items.filter(state=ItemState.LOOKED_AT).annotate(would=KeyTextTransform("outcome", "looked"))
    counts = dict(items.order_by().values_list("would").annotate(Count("pk")))
    words = {"created": "would come in", "updated": "would change", "known": "are known and stay as they are"}
    said = ", ".join(f"{counts[each]:,} {word}" for each, word in words.items() if counts.get(each))
    if describing(accession).exists():
        said = f"{said or 'no documents would change'}; archival units or other things would come in by themselves"
    return {"looked_counts": f"{said or 'Nothing would change'}.", "differing": bool(counts.get("updated"))}


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count:,} documents"


def _back_to(obj: Accession) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:archive_accession_change", args=[obj.pk]))


def _post_only() -> HttpResponse:
    return HttpResponseNotAllowed(["POST"])
