"""Checking: everything that is public, thing by thing, with a report of what has not its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from archive.lod import works
from archive.lod.changes import FORMAT
from archive.lod.models import ShapeCheck, ShapeFailure
from archive.models import Kind, Representation

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Things of one step: some seconds.
BATCH = 100
#: Failures that are written down of one check, and of one thing; beyond that they are only counted.
FAILURES = 10_000
OF_ONE = 20


class OneIsRunning(Exception):  # noqa: N818 - the name says the outcome
    """A check is under way already; a second would find the same."""


def begin(*, by: User | None = None) -> ShapeCheck:
    """A check that waits for a worker.

    :raises OneIsRunning: there is one already.
    """
    if ShapeCheck.objects.filter(state__in=ShapeCheck.OPEN).exists():
        raise OneIsRunning("A check is under way already.")
    return ShapeCheck.objects.create(created_by=by, total=_public().count())


def run(check_id: int) -> None:
    """Check, or go on checking, until everything is looked at."""
    works.run(ShapeCheck, check_id, _step)


def _step(check: ShapeCheck) -> int:
    from archive.lod.shapes.judging import failures  # with rdflib, which only workers need

    rows = list(
        _public().filter(pk__gt=check.last).order_by("pk").only("identifier", "kind", "number", "content")[:BATCH]
    )
    written: list[ShapeFailure] = []
    for row in rows:
        found = failures(bytes(row.content))
        check.failing += bool(found)
        kind = Kind(row.kind)
        written += [
            ShapeFailure(
                check_run=check, identifier=row.identifier, kind=kind, thing=kind.pk_of(row.number),
                node=each.node[:2000], path=each.path[:500], message=each.message,
            )
            for each in found[:OF_ONE]
        ]  # fmt: skip
    room = FAILURES - check.failures.count() if written else 0
    ShapeFailure.objects.bulk_create(written[: max(0, room)])
    if rows:
        check.last = rows[-1].pk
    return len(rows)


def _public() -> QuerySet[Representation]:
    return Representation.objects.filter(format=FORMAT, withdrawn=False)
