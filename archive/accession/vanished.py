"""Vanished: documents that an earlier accession of the same source had, and this one has no more.

Told, never deleted. The same source is one of the same name; a container counts with all that is in it. An accession
that names the one it replaces is compared with all of that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet

from archive.accession.report import VANISHED, Report
from archive.models import Accession, AccessionItem, AccessionSource
from archive.models.accession import AccessionState, ItemState, SourceState

#: Accessions whose documents came in and are not taken back.
STANDING = (AccessionState.DONE, AccessionState.DONE_WITH_ERRORS, AccessionState.CANCELLED)
#: Files looked at together.
BATCH = 500


def vanished(accession: Accession) -> Iterator[AccessionItem]:
    """The items of earlier accessions whose documents this one has no more, each document once.

    What is in a file that could not be read this time is not told as vanished. The number of queries grows with the
    files, not with the documents.
    """
    present = set(accession.items.exclude(identity="").values_list("identity", flat=True))
    bad = accession.sources.filter(state__in=[SourceState.REFUSED, SourceState.FAILED, SourceState.CANCELLED])
    unread = set(bad.values_list("name", flat=True))
    seen: set[int] = set()
    for items in _earlier(accession):
        for item in items.select_related("document", "source").defer("understood", "looked").iterator():
            if item.identity in present or item.source.name in unread or item.document_id in seen:
                continue
            seen.add(item.document_id or 0)
            yield item


def _earlier(accession: Accession) -> Iterator[QuerySet[AccessionItem]]:
    """The items that this accession is compared with."""
    there = AccessionItem.objects.filter(state__in=AccessionItem.CAME_IN, document__isnull=False)
    there = there.order_by("source_id", "part")
    if accession.replaces:
        yield there.filter(accession=accession.replaces)
        return
    if accession.rereads_id:  # what came from a newer file since is not read again, and has not vanished
        later = AccessionItem.objects.filter(
            document=OuterRef("document"), pk__gt=OuterRef("pk"), state__in=AccessionItem.CAME_IN
        )
        there = there.exclude(Exists(later.exclude(accession=accession)))
    level = _same_sources(accession)
    while level:  # what is in a container, and in a container within it
        below: list[int] = []
        for start in range(0, len(level), BATCH):
            batch = level[start : start + BATCH]
            yield there.filter(source__in=batch)
            below += AccessionSource.objects.filter(container__in=batch).values_list("pk", flat=True)
        level = below


def _same_sources(accession: Accession) -> list[int]:
    """For each file that was read, the one of this name in the last accession that had one."""
    read = AccessionSource.objects.filter(container__isnull=True, state=SourceState.READ)
    names = read.filter(accession=accession).order_by().values("name")
    earlier = read.filter(accession__pk__lt=accession.pk, accession__state__in=STANDING, name__in=names)
    if accession.rereads_id:
        earlier = read.filter(accession=accession.rereads_id, name__in=names)
    return sorted(dict(earlier.order_by("pk").values_list("name", "pk")).values())


def _refused_without_a_name(accession: Accession) -> QuerySet[AccessionItem, str]:
    """The files of what was refused and might be any document of its file."""
    unnamed = accession.items.filter(state=ItemState.REFUSED, identity="").order_by()
    return unnamed.values_list("source__name", flat=True)


def _said(item: AccessionItem, refused: int) -> str:
    among = f", or it is among the {refused:,} that were refused this time" if refused else ""
    return f"Accession {item.accession_id} had it{among}. It stays in the archive as it is."


def vanished_reports(accession: Accession) -> Iterator[Report]:
    """The same as reports, by identity and title."""
    refused = Counter(_refused_without_a_name(accession))
    for item in vanished(accession):
        assert item.document is not None, "only those with a document are found"  # noqa: S101
        yield Report(
            item.source.name,
            VANISHED,
            identifier=item.document.identifier,
            identity=item.identity,
            title=item.document.title,
            notices=[{"message": _said(item, refused[item.source.name]), "span": None}],
        )
