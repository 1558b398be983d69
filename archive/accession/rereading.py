"""Rereading: the present readers applied to originals that are kept, as accessions of their own.

One accession for each whose originals are read again, so that files that name one another stay together. Only what
a document came from last is read again for it: an older file would take back what a newer one said. A document that
a person deleted does not come back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Q

from archive.accession.originals import source_of
from archive.accession.rehearsal import rehearsed
from archive.accession.report import Report
from archive.accession.submission import submit
from archive.accession.vanished import STANDING
from archive.models import Accession, AccessionSource
from archive.models.accession import SourceState
from archive.readers import READERS, Source
from archive.readers.tables import ColumnMapping

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Again:
    """Originals of one accession, to be read again; ``beside`` are files that others name, and come along."""

    accession: Accession
    chosen: tuple[AccessionSource, ...]
    beside: tuple[AccessionSource, ...]

    @property
    def sources(self) -> list[Source]:
        """The originals as sources, in the order in which they were handed in."""
        rows = sorted((*self.chosen, *self.beside), key=lambda each: each.position)
        sources = [source_of(each.original, each.name) for each in rows if each.original]
        for source in sources:
            source.mapping = ColumnMapping.from_data(self.accession.mapping)
        return sources

    def only(self, names: Collection[str]) -> Again:
        """The same, with those files alone that have one of these names, or hold a member that has."""
        held = [each for each in self.chosen if any(_holds(each.name, name) for name in names)]
        return replace(self, chosen=tuple(held))


def _holds(file: str, name: str) -> bool:
    return name == file or name.startswith(f"{file}/")


def originals_again(*, accession: Accession | None = None, reader: str = "", older: bool = False) -> list[Again]:
    """The originals that can be read again: all, or those of an accession, of a reader, or read by an older version.

    Of the same original, handed in several times, the last counts. Accessions that were undone or only looked at
    are left alone.
    """
    rows = AccessionSource.objects.filter(accession__state__in=STANDING, state=SourceState.READ, original__isnull=False)
    if accession is not None:
        rows = rows.filter(accession=accession)
    wanted = rows.filter(_read_by(reader, older=older)) if reader or older else rows
    tops = _tops(wanted.values_list("pk", flat=True)) if reader or older else None
    chosen: dict[int | None, AccessionSource] = {}
    for each in rows.filter(container__isnull=True).select_related("original", "accession").order_by("pk"):
        chosen[each.original_id] = each
    groups: dict[int, list[AccessionSource]] = defaultdict(list)
    for each in chosen.values():
        if tops is None or each.pk in tops:
            groups[each.accession_id].append(each)
    return [_again(pk, groups[pk]) for pk in sorted(groups)]


def _read_by(reader: str, *, older: bool) -> Q:
    """Which sources were read by a reader, and by another version of it than there is now."""
    chosen = Q(reader=reader) if reader else Q()
    if not older:
        return chosen
    present = Q()
    for each in READERS:
        present |= Q(reader=each.name, reader_version=each.version)
    return chosen & Q(reader__in=[each.name for each in READERS]) & ~present


def _tops(pks: Iterable[int]) -> set[int]:
    """The files that some sources were handed in with: themselves, or what they were unpacked from."""
    containers = dict(AccessionSource.objects.filter(container__isnull=False).values_list("pk", "container_id"))
    found = set()
    for pk in pks:
        while (above := containers.get(pk)) is not None:
            pk = above
        found.add(pk)
    return found


def _again(accession_id: int, chosen: Sequence[AccessionSource]) -> Again:
    beside = AccessionSource.objects.filter(
        accession=accession_id, container__isnull=True, state=SourceState.KEPT, original__isnull=False
    )
    return Again(chosen[0].accession, tuple(chosen), tuple(beside.select_related("original")))


def rehearse_again(again: Again, *, on_progress: Callable[[Accession], None] = lambda _: None) -> Iterator[Report]:
    """What reading again would change; nothing is kept."""
    yield from rehearsed(again.sources, rereads=again.accession, on_progress=on_progress)


def submit_again(again: Again, *, by: User | None = None, look_first: bool = False) -> Accession:
    """Read originals again as an accession of its own, or let the worker look at them first."""
    return submit(again.sources, created_by=by, rereads=again.accession, look_first=look_first)
