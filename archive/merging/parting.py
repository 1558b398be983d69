"""Parting: the verb that makes one authority two again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, transaction
from django.utils import timezone

from archive import history
from archive.merging.inheritance import give_back
from archive.merging.refusals import MergeRefused
from archive.merging.shares import Authority
from archive.merging.standing import authorities_of, batches, changed_by, locked, touch
from archive.models import AgentName, Document, Merge

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def undo(merge: Merge, *, by: User | None = None) -> None:
    """Put everything back as it was before a merge. What was changed elsewhere since stays changed.

    :raises MergeRefused: if it is undone already, or if what came of it has to be undone first.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at is not None:
        raise MergeRefused("This was undone already.")
    kept, merged = locked(*authorities_of(merge))
    if kept.merged_into is not None:
        raise MergeRefused(f"“{kept}” was itself merged into “{kept.merged_into}” since. Undo that first.")
    changing = changed_by(kept) | {merged.pk}
    history.keep(changing, of=type(kept))
    try:
        with transaction.atomic():
            _put_back(merge, kept, merged)
    except IntegrityError as error:
        raise MergeRefused(
            f"“{merged}” cannot be put back: somebody has made another of its name, or given it what it had before."
        ) from error
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    said = f"“{merged}” ({merged.identifier}) taken out of “{kept}” ({kept.identifier}) again"
    history.record(changing, act=history.PARTED, by=by, note=said, of=type(kept))
    for each in (kept, merged):
        touch(each)


def _put_back(merge: Merge, kept: Authority, merged: Authority) -> None:
    merged.merged_into = None
    merged.save(update_fields=["merged_into", "modified_at"])
    give_back(kept, merge.moved.get("inherited", {}))
    for each in merge.moved["added"]:
        apps.get_model(each["model"])._default_manager.filter(pk=each["key"]).delete()
    for each in merge.moved["moved"]:
        rows = apps.get_model(each["model"])._default_manager
        for keys in batches(each["keys"]):
            # Only what is still where it was put: somebody may have led a row elsewhere since, and knew why.
            rows.filter(pk__in=keys, **{each["column"]: kept}).update(**{each["column"]: merged})
        for pk, columns in each["before"].items():
            rows.filter(pk=pk, **{each["column"]: merged}).update(**columns)
    AgentName.objects.filter(pk__in=merge.moved.get("learned", [])).update(learned=True)
    for row in serializers.deserialize("python", merge.moved["dropped"]):
        if _whole(row.object):
            row.save()


def _whole(row: Any) -> bool:
    """Whether the document of a dropped row is still there; a draft may have been deleted since."""
    document = getattr(row, "document_id", None)
    return document is None or Document.objects.filter(pk=document).exists()
