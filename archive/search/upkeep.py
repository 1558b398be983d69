"""Upkeep: make the index say of documents what is true of them now.

Public documents are written, all others taken out. The old entry answers until the new one is committed. One process
at a time does this; another that is asked meanwhile leaves it to that one, which looks for more before it stops.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from archive.away import DATABASE_AWAY
from archive.models import Document
from archive.search.entries import Entry, entries
from archive.search.index import folder
from archive.search.index.writing import Writer
from archive.search.models import Build, Change

logger = logging.getLogger(__name__)

#: Documents that are put into the index at once.
BATCH = 500


def note(document_ids: Iterable[int]) -> None:
    """Note documents for the index, in the transaction of the caller."""
    Change.objects.bulk_create([Change(document_id=pk) for pk in document_ids], batch_size=1_000)


def catch_up() -> int:
    """Index what has changed and is not yet in the index; return how many documents that were.

    Nothing where another process is at it, or where there is no index yet: a build finds all documents anyway.
    """
    done, failed = 0, set[int]()
    # Asked again after the lock is let go: who noted something meanwhile may have found it taken.
    while Change.objects.exclude(document__in=failed).exists():
        try:
            with folder.writing(), writers() as open_ones:
                done += _work_off(open_ones, failed)
        except (folder.BusyError, folder.NoIndexError):
            break
    return done


@contextmanager
def writers() -> Iterator[list[Writer]]:
    """Writers to the index that is asked, and to the one that is being built. The caller holds the lock.

    A change goes into both, so that none is lost to the new one, however far that has come.

    :raises folder.NoIndexError: where there is neither.
    """
    names = list(Build.objects.filter(state=Build.State.RUNNING).values_list("name", flat=True))
    try:
        names.append(folder.current())
    except folder.NoIndexError:
        if not names:
            raise
    opened = [Writer(name) for name in dict.fromkeys(names) if folder.exists(name)]
    try:
        yield opened
    finally:
        for each in opened:
            each.close()


def described(document_ids: Sequence[int]) -> tuple[list[Entry], list[int]]:
    """The entries of those documents that are public, and the keys of those that cannot be described."""
    public = list(Document.objects.public().filter(pk__in=document_ids).values_list("pk", flat=True))
    try:
        return entries(public), []
    except DATABASE_AWAY:
        raise
    except Exception:
        logger.exception("a document of this batch cannot be indexed: %s", public)
        if len(public) == 1:
            return [], public
        each = [described([pk]) for pk in public]
        return [entry for found, _ in each for entry in found], [pk for _, failed in each for pk in failed]


def _work_off(open_ones: Sequence[Writer], failed: set[int]) -> int:
    """Index all that is noted; return how many documents that were. Notes of those that ``failed`` are kept."""
    done = 0
    while changes := dict(_noted_besides(failed)):
        # Asked after the changes: whatever changes from here on has a row of its own.
        changed = list(dict.fromkeys(changes.values()))
        found, cannot = described(changed)
        failed.update(cannot)
        for writer in open_ones:
            writer.write(found, gone=[pk for pk in changed if pk not in failed])
        Change.objects.filter(pk__in=changes).exclude(document__in=cannot).delete()
        done += len(changed) - len(cannot)
    return done


def _noted_besides(failed: set[int]) -> Iterable[tuple[int, int]]:
    noted = Change.objects.exclude(document__in=failed).order_by("pk")
    return noted.values_list("pk", "document_id")[:BATCH]
