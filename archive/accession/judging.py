"""Judging: what undoing an accession does to each of its documents, and why; nothing is written here.

The revisions that an accession wrote are told by time: entry holds the document from its revision to the end of its
item, so each revision belongs to the first item of the document that ended after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Count

from archive import history
from archive.accession.replaced_scans import returnable
from archive.accession.understanding import fields_of
from archive.drafts import Page as DraftPage
from archive.history.contents import checksum
from archive.models import Accession, AccessionItem, Document, DocumentRelation, Page, Revision, StateChange
from archive.models.accession import ItemState
from archive.models.document import State
from archive.models.page import PageKind


class Act(StrEnum):
    """What becomes of a document."""

    DELETE = "deleted"
    WITHDRAW = "withdrawn"
    RESTORE = "put back"
    #: Put back, and withdrawn because the accession had published it.
    RESTORE_AND_WITHDRAW = "put back and withdrawn"
    STAY = "stays"
    #: The accession had changed nothing of it.
    NOTHING = "unchanged"


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one document, and why. ``before`` and ``after`` number the revisions around the accession's."""

    document_id: int
    identifier: str
    title: str
    act: Act
    why: str = ""
    before: int | None = None
    after: int | None = None

    @property
    def changes(self) -> bool:
        """Whether something happens to the document."""
        return self.act not in (Act.STAY, Act.NOTHING)


@dataclass(slots=True)
class _Known:
    """What is known of a document; ``own`` and ``later`` are items, in the order in which they came in."""

    own: list[dict[str, Any]] = field(default_factory=list)
    later: list[dict[str, Any]] = field(default_factory=list)
    every: list[dict[str, Any]] = field(default_factory=list)
    revisions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def written(self) -> list[dict[str, Any]]:
        """The revisions that the accession wrote."""
        own = {each["pk"] for each in self.own}
        return [each for each in self.revisions if each["act"] == history.ACCESSION and self._item_of(each) in own]

    def _item_of(self, revision: Mapping[str, Any]) -> int | None:
        """The item that a revision belongs to. Items that ended together are of one transaction, the first is told."""
        return next((each["pk"] for each in self.every if each["finished_at"] >= revision["at"]), None)

    @property
    def interrupted(self) -> bool:
        """Whether somebody changed the document between two changes of the accession."""
        numbers = [each["number"] for each in self.written]
        return numbers != list(range(numbers[0], numbers[0] + len(numbers)))


def fates(accession: Accession, document_ids: Sequence[int], *, may_withdraw: bool = True) -> dict[int, Fate]:
    """What undoing does to some documents of an accession, by primary key, in their order.

    The number of queries does not depend on the number of documents.
    """
    judged = _Judged(accession, document_ids, may_withdraw=may_withdraw)
    return {pk: judged.fate(pk) for pk in document_ids if pk in judged.documents}


class _Judged:
    """Some documents of an accession, with what decides over each."""

    def __init__(self, accession: Accession, document_ids: Sequence[int], *, may_withdraw: bool) -> None:
        self.accession = accession
        self.may_withdraw = may_withdraw
        documents = Document.objects.filter(pk__in=document_ids).only(
            "pk", "identifier", "title", "state", "published_at"
        )
        self.documents = {each.pk: each for each in documents}
        self.known = _known(accession, list(self.documents))
        self.now = {pk: checksum(each) for pk, each in history.snapshots(list(self.documents)).items()}
        self.made_public = _made_public(accession, list(self.documents))
        self.held = _held(list(self.documents))
        self.scans_replaced = returnable(accession, list(self.documents))
        self.scans = _scans(accession, list(self.documents))

    def fate(self, pk: int) -> Fate:
        """What becomes of one."""
        known = self.known[pk]
        if not known.own:
            return self._said(pk, Act.NOTHING, "It is not of this accession any more.")
        if known.later:
            other = known.later[-1]["accession_id"]
            return self._said(pk, Act.STAY, f"Accession {other} brought it later; undo that one first.")
        if any(each["state"] == ItemState.CREATED for each in known.own):
            return self._created(pk, known)
        return self._updated(pk, known)

    def _created(self, pk: int, known: _Known) -> Fate:
        document = self.documents[pk]
        if document.state == State.PUBLISHED:
            return self._taken_back(
                pk, "It came in with the accession and is public; what was published is not deleted."
            )
        if document.published_at is not None:
            return self._said(pk, Act.STAY, f"It was public once, and is {document.get_state_display()} now.")
        if self._edited(pk, known) or known.interrupted:
            return self._said(pk, Act.STAY, "Somebody has changed it since.")
        if why := self.held.get(pk) or self.scans.get(pk):
            return self._said(pk, Act.STAY, why)
        return self._said(pk, Act.DELETE, "It came in with the accession, and was never public.")

    def _updated(self, pk: int, known: _Known) -> Fate:
        written = known.written
        if not written:
            if pk in self.made_public:
                return self._taken_back(pk, "The accession had published it.")
            if pk in self.scans_replaced:
                return self._said(pk, Act.RESTORE, "It shows the scans again that it had before.")
            return self._said(pk, Act.NOTHING, "It was known already; the accession changed nothing of it.")
        if self._edited(pk, known) or known.interrupted:
            return self._said(pk, Act.STAY, "Somebody has changed it since, and nothing of that is overwritten.")
        before, after = written[0]["number"] - 1, written[-1]["number"]
        if not before:
            return self._said(pk, Act.STAY, "The history does not have what it said before.")
        if pk in self.made_public and self.may_withdraw:
            return self._said(
                pk, Act.RESTORE_AND_WITHDRAW, "The accession had published it.", before=before, after=after
            )
        return self._said(pk, Act.RESTORE, f"It is as of version {before} again.", before=before, after=after)

    def _edited(self, pk: int, known: _Known) -> bool:
        """Whether the document says anything else than the accession left; put back by whoever, it does not."""
        written = known.written
        return not written or self.now[pk] != written[-1]["checksum"]

    def _taken_back(self, pk: int, why: str) -> Fate:
        if self.may_withdraw:
            return self._said(pk, Act.WITHDRAW, why)
        return self._said(pk, Act.STAY, "It is public, and who undoes the accession may not withdraw documents.")

    def _said(self, pk: int, act: Act, why: str, *, before: int | None = None, after: int | None = None) -> Fate:
        document = self.documents[pk]
        return Fate(pk, document.identifier, document.title, act, why, before, after)


def _known(accession: Accession, document_ids: Sequence[int]) -> dict[int, _Known]:
    known: dict[int, _Known] = defaultdict(_Known)
    items = AccessionItem.objects.filter(
        document__in=document_ids, finished_at__isnull=False, state__in=[*AccessionItem.CAME_IN, ItemState.UNDONE]
    )
    columns = ("pk", "document_id", "accession_id", "state", "finished_at", "identity", "document__identity")
    for item in map(dict[str, Any], items.order_by("finished_at", "pk").values(*columns)):
        held = known[item["document_id"]]
        held.every.append(item)
        if item["state"] == ItemState.UNDONE:
            continue
        if item["accession_id"] == accession.pk:
            held.own.append(item)
            held.later.clear()
        elif item["identity"] == item["document__identity"]:  # else it was a copy of what is here, and brought nothing
            held.later.append(item)
    revisions = Revision.objects.filter(document__in=document_ids).order_by("document_id", "number")
    for revision in map(dict[str, Any], revisions.values("document_id", "number", "act", "at", "checksum")):
        known[revision["document_id"]].revisions.append(revision)
    for held in known.values():
        if not held.own:
            held.later.clear()
    return known


def _made_public(accession: Accession, document_ids: Sequence[int]) -> set[int]:
    """The documents that are public because the accession published them, and nobody has dealt with that since."""
    if not accession.publish or accession.finished_at is None:
        return set()
    steps = StateChange.objects.filter(document__in=document_ids, document__state=State.PUBLISHED).order_by("at", "pk")
    last = {each.document_id: each for each in steps}
    return {
        pk
        for pk, each in last.items()
        if each.after == State.PUBLISHED
        and each.by_id == accession.created_by_id
        and accession.created_at <= each.at <= accession.finished_at
    }


def _held(document_ids: Sequence[int]) -> dict[int, str]:
    """Documents that others refer to, which would say less without them; those undone together say nothing any more."""
    relations = DocumentRelation.objects.filter(target__in=document_ids).exclude(document__in=document_ids)
    return {
        each.target_id: f"“{each.document}” ({each.document.identifier}) refers to it."
        for each in relations.select_related("document")
    }


def _scans(accession: Accession, document_ids: Sequence[int]) -> dict[int, str]:
    """Documents with more page images than their source has: somebody added some."""
    pages = Page.objects.filter(document__in=document_ids, kind=PageKind.SCAN).order_by()
    counts = dict(pages.values_list("document_id").annotate(Count("pk")))
    if not counts:
        return {}
    brought: dict[int, int] = defaultdict(int)
    for item in AccessionItem.objects.filter(accession=accession, document__in=counts):
        came = sum(isinstance(each.value, DraftPage) for each in fields_of(item.understood))
        brought[item.document_id or 0] = max(brought[item.document_id or 0], came)
    more = (pk for pk, count in counts.items() if count > brought[pk])
    return dict.fromkeys(more, "It has page images that did not come with the accession.")
