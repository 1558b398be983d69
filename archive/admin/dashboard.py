"""The dashboard: what waits, what went wrong, what happened last. Each part asks one query, of an index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, OuterRef, Subquery, Value
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


#: Changes looked at, so that of an accession or a job of hundreds one row is made, and not the whole list.
LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a document; to ``further`` ones somebody did the same just before."""

    document: Document
    what: str
    by: str
    at: datetime
    further: int = 0


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
    """The last edits and the last steps from state to state, together; what was done to many at once is one row."""
    edits = Revision.objects.order_by("-pk").values_list("at", "by__username", "document_id", "act", "note")
    steps = StateChange.objects.order_by("-pk").values_list("at", "by__username", "document_id", "after", Value(""))
    latest = sorted([*edits[:LOOKED_AT], *steps[:LOOKED_AT]], key=itemgetter(0), reverse=True)
    groups = [list(same) for _, same in groupby(latest, key=lambda row: (row[1], *row[3:]))][:ROWS]
    documents = Document.objects.only("title").in_bulk([group[0][2] for group in groups])
    return [
        Change(documents[pk], str(State(what).label) if what in State else what, by or "", at, len(group) - 1)
        for group in groups
        for at, by, pk, what, _ in group[:1]
        if pk in documents
    ]
