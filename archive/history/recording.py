"""Recording: revisions, written in the transaction of the change that they tell of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from archive.history.contents import checksum, snapshots
from archive.models import Document, Revision

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CREATED, ACCESSION, EDITED, RESTORED = "created", "accession", "edited", "restored"
#: The state that was there before a change, where the history did not have it yet.
FOUND = "found"

#: Documents whose texts are in memory at a time.
BATCH = 500


@transaction.atomic(savepoint=False)
def record(
    document_ids: Iterable[int], *, act: str, by: User | None = None, note: str | Mapping[int, str] = ""
) -> dict[int, Revision]:
    """Write a revision of each document that differs from its last one; return those written, by document.

    ``note`` is the same for all, or one for each document.

    To be called in the transaction that changed the documents, after the change. The number of queries does not
    depend on the number of documents, within a batch. The documents are locked, so that numbers do not collide.
    """
    ids = sorted(set(document_ids))
    written: dict[int, Revision] = {}
    for start in range(0, len(ids), BATCH):
        revisions = _changed(ids[start : start + BATCH], act=act, by=by, note=note)
        written |= {each.document_id: each for each in Revision.objects.bulk_create(revisions)}
    return written


def keep(document_ids: Iterable[int]) -> None:
    """Keep the present state of documents, to be called before they are changed.

    Writes something only where the history does not have that state: for a document without any revision, and for
    one that was changed by other ways. So the first edit can be undone like every other one.
    """
    record(document_ids, act=FOUND)


def last_number(document_id: int) -> int:
    """The number of a document's last revision; 0 without any."""
    numbers = Revision.objects.filter(document=document_id)
    return numbers.aggregate(last=Max("number"))["last"] or 0


def _changed(
    document_ids: Sequence[int], *, act: str, by: User | None, note: str | Mapping[int, str]
) -> list[Revision]:
    # The lock comes first, in a query of its own: what is read after it nobody else can be changing.
    locked = list(
        Document.objects.select_for_update().filter(pk__in=document_ids).order_by("pk").values_list("pk", flat=True)
    )
    newest = Revision.objects.filter(document=OuterRef("pk")).order_by("-number")
    last = {
        pk: (number or 0, known)
        for pk, number, known in Document.objects.filter(pk__in=locked).values_list(
            "pk", Subquery(newest.values("number")[:1]), Subquery(newest.values("checksum")[:1])
        )
    }
    now = timezone.now()
    revisions = []
    for pk, contents in snapshots(locked).items():
        number, known = last[pk]
        if (new := checksum(contents)) != known:
            revisions.append(
                Revision(
                    document_id=pk,
                    number=number + 1,
                    act=act,
                    note=(note if isinstance(note, str) else note.get(pk, ""))[:500],
                    by=by,
                    at=now,
                    contents=contents,
                    checksum=new,
                )
            )
    return revisions
