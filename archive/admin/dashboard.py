"""The dashboard: what waits, what went wrong, what happened last. Each part asks one query, of an index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.safestring import SafeString

from archive.admin.badges import badge
from archive.models import Accession, Document, Job, Revision, StateChange
from archive.models.document import State

#: Rows of each part; the lists have the rest.
ROWS = 8
#: States of accessions and jobs that somebody should look at.
WATCHED = ("queued", "running", "done_with_errors", "failed")


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a document."""

    document: Document
    what: str
    by: str
    at: datetime


def dashboard(user: Any) -> dict[str, Any]:
    """The parts that this user may see; none for others."""
    parts: dict[str, Any] = {}
    if _may_view(user, "document"):
        parts |= {"states": _states(), "review": _waiting(), "problems": _problems(), "changes": _changes()}
    if _may_view(user, "accession"):
        parts["accessions"] = _watched(Accession.objects.all())
    if _may_view(user, "job"):
        parts["jobs"] = _watched(Job.objects.all())
    return parts


def _may_view(user: Any, model: str) -> bool:
    return bool(user.has_perm(f"archive.view_{model}") or user.has_perm(f"archive.change_{model}"))


def _states() -> list[tuple[SafeString, int, str]]:
    """How many documents are in each state, with the address of their list."""
    counts = dict(Document.objects.order_by().values_list("state").annotate(Count("pk")))
    address = reverse("admin:archive_document_changelist")
    return [
        (badge(state.value, state.label), counts.get(state.value, 0), f"{address}?state__exact={state.value}")
        for state in State
    ]


def _waiting() -> list[Any]:
    """The documents in review, those that wait longest first."""
    sent = StateChange.objects.filter(document=OuterRef("pk"), after=State.IN_REVIEW).order_by("-at")
    rows = Document.objects.filter(state=State.IN_REVIEW).annotate(
        sent_at=Subquery(sent.values("at")[:1]), sent_by=Subquery(sent.values("by__username")[:1])
    )
    return list(rows.only("title", "identifier").order_by("sent_at", "pk")[:ROWS])


def _problems() -> list[Document]:
    """Documents that could not be published or refreshed."""
    rows = Document.objects.annotate(length=Length("publication_error")).filter(length__gt=0)
    return list(rows.only("title", "identifier", "publication_error").order_by("-modified_at")[:ROWS])


def _watched(work: Any) -> list[tuple[Any, SafeString]]:
    """Accessions or jobs that are in work or ended with errors, the latest first."""
    rows = work.filter(state__in=WATCHED).select_related("created_by").order_by("-pk")[:ROWS]
    return [(each, badge(each.state, each.get_state_display())) for each in rows]


def _changes() -> list[Change]:
    """The last edits and the last steps from state to state, together."""
    related = ("document", "by")
    edits = Revision.objects.select_related(*related).defer("contents").order_by("-pk")[:ROWS]
    steps = StateChange.objects.select_related(*related).order_by("-pk")[:ROWS]
    changes = [
        *(Change(each.document, each.act, str(each.by or ""), each.at) for each in edits),
        *(Change(each.document, each.get_after_display(), str(each.by or ""), each.at) for each in steps),
    ]
    return sorted(changes, key=lambda change: change.at, reverse=True)[:ROWS]
