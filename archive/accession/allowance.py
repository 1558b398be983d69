"""Allowance: how much a container may still hold, when all that was handed in with it in one file is counted.

The limits of a site are those of one file as it was handed in. A ZIP file of a hundred ZIP files, each at the limit,
would else be let through. Workers that read containers of one file at the same time each see what is written down, so
that they may go over the limit by what they have in hand, and no further.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from archive.conf import conf
from archive.containers import Limits
from archive.containers.limits import FLOOR
from archive.models import AccessionSource


@dataclass(slots=True)
class Spent:
    """What was taken of one file as it was handed in: members of all containers in it, and their bytes."""

    members: int = 0
    size: int = 0


class Allowances:
    """The allowances of the containers that one worker reads; what it takes itself is counted as it goes."""

    def __init__(self) -> None:
        self._spent: dict[int, Spent] = {}

    def of(self, row: AccessionSource) -> Limits:
        """How much a container may hold."""
        whole, site = handed_in(row), conf()
        assert whole.original is not None, "only what has bytes is opened"  # noqa: S101
        size = min(site.CONTAINER_SIZE, max(site.CONTAINER_RATIO * whole.original.size, FLOOR))
        spent = self._beside(row, whole)
        said = f" of {whole.original.size:,} bytes" if size < site.CONTAINER_SIZE else ""
        if spent.members:
            said = (
                f", which is what is left for {whole.name}: {site.CONTAINER_MEMBERS:,} members and {size:,} bytes, "
                "with all the containers in it"
            )
        return Limits(
            members=max(0, site.CONTAINER_MEMBERS - spent.members),
            member_size=site.SOURCE_LIMIT,
            size=max(0, size - spent.size),
            ratio=site.CONTAINER_RATIO,
            said=said,
        )

    def spend(self, member: AccessionSource) -> None:
        """Count a member that comes in of a container within another."""
        if spent := self._spent.get(handed_in(member).pk):
            spent.members += 1
            spent.size += member.original.size if member.original else 0

    def _beside(self, row: AccessionSource, whole: AccessionSource) -> Spent:
        """What was taken of the file beside what is in this container, which will tell that itself."""
        if row == whole:
            return Spent()
        if whole.pk not in self._spent:
            self._spent[whole.pk] = _written(whole)
        spent, own = self._spent[whole.pk], _direct(row) if row.drafts else Spent()
        return Spent(spent.members - own.members, spent.size - own.size)


def handed_in(row: AccessionSource) -> AccessionSource:
    """The file in which a source was handed in, which may be itself."""
    while row.container is not None:
        row = row.container
    return row


def _written(whole: AccessionSource) -> Spent:
    """What is written down of a file; one query for each depth."""
    spent, below = Spent(), AccessionSource.objects.filter(container=whole.pk).order_by()
    while (found := _counted(below)).members:
        spent.members += found.members
        spent.size += found.size
        below = AccessionSource.objects.filter(container__in=below.values("pk")).order_by()
    return spent


def _direct(container: AccessionSource) -> Spent:
    """What is written down of one container, when a worker before this one was killed in it."""
    return _counted(AccessionSource.objects.filter(container=container.pk).order_by())


def _counted(rows: QuerySet[AccessionSource]) -> Spent:
    counts = rows.aggregate(members=Count("pk"), size=Sum("original__size"))
    return Spent(counts["members"], counts["size"] or 0)
