"""Recording: revisions, written in the transaction of the change that they tell of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from archive import finding, staleness
from archive.history.aggregates import AGGREGATES, Aggregate
from archive.history.contents import checksum, encoded, snapshots, snapshots_of_new
from archive.inserting import New, insert
from archive.models import Document, Revision

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CREATED, ACCESSION, EDITED, RESTORED = "created", "accession", "edited", "restored"
#: The state that was there before a change, where the history did not have it yet.
FOUND = "found"

#: The merging of two authorities, and its undoing.
MERGED, PARTED = "merged", "taken apart"

#: Documents whose texts are in memory at a time.
BATCH = 500


@transaction.atomic(savepoint=False)
def record(
    keys: Iterable[int],
    *,
    act: str,
    by: User | None = None,
    note: str | Mapping[int, str] = "",
    of: type[models.Model] = Document,
) -> dict[int, Any]:
    """Write a revision of each thing that differs from its last one; return those written, by primary key.

    ``note`` is the same for all, or one for each thing. For documents, this also says under which words they are
    found then. To be called in the transaction that changed the things, after the change. The number of queries does
    not depend on the number of things, within a batch. They are locked, so that numbers do not collide.
    """
    ids = sorted(set(keys))
    aggregate = AGGREGATES[of]
    written: dict[int, Any] = {}
    for start in range(0, len(ids), BATCH):
        revisions = _changed(ids[start : start + BATCH], aggregate, act=act, by=by, note=note)
        aggregate.revisions.bulk_create(revisions)
        written |= {getattr(each, aggregate.key): each for each in revisions}
        if of is Document and revisions:
            finding.note(each.document_id for each in revisions)
        if act != CREATED:  # what was not there before was told by nobody
            staleness.mark_around(of, (getattr(each, aggregate.key) for each in revisions))
    return written


def begin(new: New, *, act: str, by: User | None = None, note: Mapping[int, str]) -> None:
    """Write the first revision of documents that have just been inserted, each with its note; say how they are found.

    Nothing is read and nothing locked: nobody else knows of them before the transaction ends. What tells of
    documents is not marked, for a draft is told by nobody.
    """
    same = {"number": 1, "act": act, "by": by, "at": timezone.now()}
    told = ((pk, encoded(contents)) for pk, contents in snapshots_of_new(new).items())
    insert(
        Revision,
        (
            {**same, "document": pk, "note": note[pk][:500], "contents": contents, "checksum": checksum}
            for pk, (contents, checksum) in told
        ),
    )
    finding.note_new(new)


def keep(keys: Iterable[int], *, of: type[models.Model] = Document) -> None:
    """Keep the present state of things, to be called before they are changed.

    Writes something only where the history does not have that state: for a thing without any revision, and for
    one that was changed by other ways. So the first edit can be undone like every other one. What tells of the things
    is marked as they stand now: after a move it would not be known any more from where.
    """
    keys = list(keys)
    staleness.mark_around(of, keys)
    record(keys, act=FOUND, of=of)


def remembered(keys: Iterable[int], *, of: type[models.Model] = Document) -> set[int]:
    """Those of the things that have a history."""
    aggregate = AGGREGATES[of]
    return set(aggregate.revisions.filter(**{f"{aggregate.key}__in": set(keys)}).values_list(aggregate.key, flat=True))


def revisions_of(thing: models.Model) -> models.QuerySet[Any]:
    """The revisions of one thing."""
    aggregate = AGGREGATES[type(thing)]
    return aggregate.revisions.filter(**{aggregate.key: thing.pk})


def last_number(key: int, *, of: type[models.Model] = Document) -> int:
    """The number of a thing's last revision; 0 without any."""
    numbers = AGGREGATES[of].revisions.filter(**{AGGREGATES[of].key: key})
    return numbers.aggregate(last=Max("number"))["last"] or 0


def _changed(
    keys: Sequence[int], aggregate: Aggregate, *, act: str, by: User | None, note: str | Mapping[int, str]
) -> list[Any]:
    # The lock comes first, in a query of its own: what is read after it nobody else can be changing.
    things = aggregate.model._default_manager
    locked = list(things.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))
    newest = aggregate.revisions.filter(**{aggregate.key: OuterRef("pk")}).order_by("-number")
    last = {
        pk: (number or 0, known)
        for pk, number, known in things.filter(pk__in=locked).values_list(
            "pk", Subquery(newest.values("number")[:1]), Subquery(newest.values("checksum")[:1])
        )
    }
    now = timezone.now()
    revisions = []
    for pk, contents in snapshots(locked, of=aggregate.model).items():
        number, known = last[pk]
        if (new := checksum(contents)) != known:
            same = {**aggregate.same, aggregate.key: pk, "number": number + 1, "checksum": new}
            told = note if isinstance(note, str) else note.get(pk, "")
            revisions.append(
                aggregate.revisions.model(**same, act=act, by=by, note=told[:500], at=now, contents=contents)
            )
    return revisions
