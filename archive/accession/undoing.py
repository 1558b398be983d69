"""Undoing: documents as they were before an accession, and then what the accession made beside them.

Called by the job that undoes an accession (archive.jobs.operations.undo_accession), which has the leases and the
report. What archive.accession.judging says of a document is done here, batch by batch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q

from archive import history, publication
from archive.accession import replaced_scans
from archive.accession.images import remove_unshown
from archive.accession.judging import Act, Fate, fates
from archive.models import Accession, AccessionItem, Document, DocumentRelation, Page, Revision, StateChange
from archive.models.accession import AccessionState, ItemState
from archive.models.document import State

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Accessions that can be undone. What was undone in part can be undone further.
ENDED = (
    AccessionState.DONE,
    AccessionState.DONE_WITH_ERRORS,
    AccessionState.FAILED,
    AccessionState.CANCELLED,
    AccessionState.UNDONE,
)
#: Documents looked at together.
BATCH = 200

REASON = "The accession that brought it was undone."
#: Acts by which a document says again what it said.
_PUT_BACK = (Act.RESTORE, Act.RESTORE_AND_WITHDRAW)
#: Acts after which an item no longer counts as having come in.
_GONE = (Act.DELETE, Act.RESTORE, Act.RESTORE_AND_WITHDRAW, Act.NOTHING)


@dataclass(slots=True)
class Undone:
    """What was done to some documents: the fate of each, those that failed, and public ones that name them."""

    fates: Mapping[int, Fate]
    failed: dict[int, str] = field(default_factory=dict)
    beside: list[int] = field(default_factory=list)


def documents_of(accession: Accession) -> list[int]:
    """Primary keys of the documents that came in with an accession and are not undone."""
    items = accession.items.filter(state__in=AccessionItem.CAME_IN, document__isnull=False).order_by("document_id")
    return list(items.values_list("document_id", flat=True).distinct())


def changed_by(accession: Accession) -> int:
    """How many documents undoing an accession can change.

    What was known already has nothing to lose, unless the accession put it into a collection or published it.
    """
    since = accession.created_at
    written = Revision.objects.filter(document=OuterRef("document"), act=history.ACCESSION, at__gte=since)
    came = Q(state__in=(ItemState.CREATED, ItemState.UPDATED))
    touched = came | Q(Exists(written.filter(at__lte=OuterRef("finished_at"))))
    if accession.publish:
        steps = StateChange.objects.filter(document=OuterRef("document"), after=State.PUBLISHED, at__gte=since)
        touched |= Q(Exists(steps), document__state=State.PUBLISHED)
    items = accession.items.filter(touched, state__in=AccessionItem.CAME_IN, document__isnull=False)
    return items.values("document").distinct().count()


def foreseen(accession: Accession, document_ids: Sequence[int], *, by: User | None = None) -> Iterator[Fate]:
    """What undoing would do to documents, one after the other; nothing is written."""
    for start in range(0, len(document_ids), BATCH):
        batch = document_ids[start : start + BATCH]
        yield from fates(accession, batch, may_withdraw=may_withdraw(by)).values()


def may_withdraw(by: User | None) -> bool:
    """Whether documents may be withdrawn on somebody's behalf; a command may."""
    return by is None or by.has_perm("archive.withdraw_document")


@transaction.atomic
def undo(accession: Accession, document_ids: Sequence[int], *, by: User | None = None) -> Undone:
    """Put documents back as they were before an accession, in the caller's transaction."""
    undone = Undone(fates(accession, document_ids, may_withdraw=may_withdraw(by)))
    chosen = undone.fates.values()
    _restore([each for each in chosen if each.before is not None], undone, by)
    acts = {pk: each.act for pk, each in undone.fates.items() if pk not in undone.failed}
    replaced_scans.bring_back(accession, [pk for pk, act in acts.items() if act in _PUT_BACK])
    going = [pk for pk, act in acts.items() if act in (Act.WITHDRAW, Act.RESTORE_AND_WITHDRAW)]
    if going:
        undone.beside += publication.withdraw(going, reason=REASON, by=by).beside
    gone = [pk for pk, act in acts.items() if act in _GONE]
    accession.items.filter(document__in=gone, state__in=AccessionItem.CAME_IN).update(state=ItemState.UNDONE)
    _delete([pk for pk, act in acts.items() if act is Act.DELETE], undone)
    return undone


def _restore(chosen: Collection[Fate], undone: Undone, by: User | None) -> None:
    for each in chosen:
        assert each.before is not None, "only those that go back"  # noqa: S101
        try:
            history.restore(each.document_id, each.before, by=by)
        except history.RestoreRefused as refusal:
            undone.failed[each.document_id] = str(refusal)


def _delete(document_ids: Sequence[int], undone: Undone) -> None:
    """Delete documents that were never public, with their page images."""
    if not document_ids:
        return
    images = set(Page.objects.filter(document__in=document_ids).values_list("image", flat=True))
    try:
        with transaction.atomic():
            # Letters that answer one another would hold each other.
            DocumentRelation.objects.filter(document__in=document_ids, target__in=document_ids).delete()
            Document.objects.filter(pk__in=document_ids, published_at__isnull=True).delete()
    except ProtectedError:  # somebody has just referred to one of them: each alone, so that the others go
        if len(document_ids) == 1:
            undone.failed[document_ids[0]] = "Something refers to it now. Undo the accession once more."
            return
        for pk in document_ids:
            _delete([pk], undone)
        return
    remove_unshown(images)
