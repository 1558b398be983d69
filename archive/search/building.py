"""Building: a whole new index, batch by batch, while the old one answers.

How far it has come stands in the database, behind what is in the index: who goes on after a crash writes a batch a
second time at most, and no document is left out. When it is done, it takes the place of the old one in one step.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from archive.models import Document
from archive.search.commonness import common_words
from archive.search.index import folder
from archive.search.index.writing import Writer
from archive.search.models import Build
from archive.search.upkeep import BATCH, catch_up, described

#: Batches after which the lock is let go for a moment, so that changes do not wait for a build.
BATCHES_AT_ONCE = 10
#: An index is built anew once there are so many times the documents that it was begun for; a small one need not be.
GROWN, FEW = 10, 10_000
#: After this long without a batch, whoever was building has died.
SILENCE = timedelta(seconds=60)

Told = Callable[[Build], None]


def begin(*, anew: bool = False) -> Build:
    """The build that is running, or a new one; ``anew`` begins from the start in any case."""
    running = Build.objects.filter(state=Build.State.RUNNING).first()
    if running is not None and not anew and folder.exists(running.name):
        return running
    total, common = Document.objects.public().count(), common_words()
    try:
        with transaction.atomic():
            Build.objects.filter(state=Build.State.RUNNING).update(state=Build.State.ABANDONED)
            return Build.objects.create(name=folder.fresh(common), total=total)
    except IntegrityError:  # another process was quicker
        return Build.objects.get(state=Build.State.RUNNING)


def needed() -> bool:
    """Whether a site has to build an index: it has none, or one of another version."""
    try:
        folder.current()
    except folder.NoIndexError:
        return True
    return False


def outgrown() -> bool:
    """Whether the index was begun for a far smaller archive, whose common words say little of those of today's."""
    try:
        begun = Build.objects.filter(name=folder.current()).first()
    except folder.NoIndexError:
        return False
    return begun is not None and Document.objects.public().count() > max(FEW, GROWN * begun.total)


def fallen_silent() -> bool:
    """Whether a build was begun that nobody goes on with."""
    return Build.objects.filter(state=Build.State.RUNNING, moved_at__lt=timezone.now() - SILENCE).exists()


def go_on(build: Build, *, told: Told | None = None, most: int | None = None) -> bool:
    """Go on with a build to its end, or for at most so many turns of the lock; return whether it is done.

    ``told`` hears of every batch.

    :raises folder.BusyError: where another process writes to the index.
    """
    turns = 0
    while build.state == Build.State.RUNNING and (most is None or turns < most):
        with folder.writing():
            build.refresh_from_db()
            if build.state == Build.State.RUNNING:
                _turn(build, told)
        turns += 1
    catch_up()
    return build.state != Build.State.RUNNING


def _turn(build: Build, told: Told | None) -> None:
    writer = Writer(build.name)
    try:
        for _ in range(BATCHES_AT_ONCE):
            batch = _public_after(build.after)
            if not batch:
                break
            found, failed = described(batch)
            writer.write(found)
            _moved(build, batch[-1], len(found), len(failed))
            if told:
                told(build)
    finally:
        writer.close()
    if not batch:
        _finish(build)


def _public_after(key: int) -> list[int]:
    public = Document.objects.public().filter(pk__gt=key).order_by("pk")
    return list(public.values_list("pk", flat=True)[:BATCH])


def _moved(build: Build, after: int, written: int, failed: int) -> None:
    Build.objects.filter(pk=build.pk).update(
        after=after, written=F("written") + written, failed=F("failed") + failed, moved_at=timezone.now()
    )
    build.refresh_from_db()


def _finish(build: Build) -> None:
    """Let the new index be asked. Cut short between the two, the next turn finds nothing to write, and ends it."""
    folder.make_current(build.name)
    build.state, build.finished_at = Build.State.DONE, timezone.now()
    build.save(update_fields=["state", "finished_at", "moved_at"])
