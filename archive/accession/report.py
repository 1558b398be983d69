"""Reports: what became of each document of an accession, the same for a rehearsal and for the real thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from archive.accession.alternatives import Likenesses, alternatives_of
from archive.accession.differing import differences_of
from archive.accession.understanding import in_full
from archive.models import Accession, AccessionItem, AccessionSource
from archive.models.accession import SourceState

#: Sources whose documents are in memory at a time, and documents.
SOURCES, DOCUMENTS = 200, 200
#: The outcome of a document that an earlier accession of the same source had, and this one has not.
VANISHED = "vanished"
_AS_IT_SHOULD_BE = frozenset({"created", "updated", "known", VANISHED, SourceState.READ, SourceState.KEPT})


@dataclass(frozen=True, slots=True)
class Report:
    """One document, or a source of which there is something to say: where it came from, and what became of it.

    ``part`` is which of the source's documents it is, from 0. ``fields``, ``segments`` and ``notices`` are plain
    data as archive.accession.understanding tells them; ``refused`` is what it tells of a part that its reader refused.
    """

    source: str
    outcome: str
    reader: str = ""
    reader_version: str = ""
    reason: str = ""
    identifier: str = ""
    part: int = 0
    identity: str = ""
    title: str = ""
    #: What the accession changes of a document that was there, and what a person changed and therefore stays; see
    #: archive.accession.differing.
    changes: list[dict[str, str]] = field(default_factory=list)
    kept: list[dict[str, str]] = field(default_factory=list)
    #: Authorities of the document that may be the same as others, see archive.accession.alternatives.
    alternatives: list[dict[str, Any]] = field(default_factory=list)
    fields: list[dict[str, Any]] = field(default_factory=list)
    segments: list[list[Any]] = field(default_factory=list)
    notices: list[dict[str, Any]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def came_in(self) -> bool:
        """Whether the document is in the archive, and nothing went wrong with it.

        A container whose members are there, a file kept beside another, and a document that vanished from its source
        and is in the archive as before, are as they should be.
        """
        return self.outcome in _AS_IT_SHOULD_BE and not self.reason

    def as_data(self) -> dict[str, Any]:
        """The report as plain data, for JSON."""
        return {
            "source": self.source,
            "part": self.part,
            "reader": self.reader,
            "reader_version": self.reader_version,
            "outcome": self.outcome,
            "reason": self.reason,
            "identifier": self.identifier,
            "identity": self.identity,
            "title": self.title,
            "changes": self.changes,
            "kept": self.kept,
            "alternatives": self.alternatives,
            "fields": self.fields,
            "segments": self.segments,
            "notices": self.notices,
            "refused": self.refused,
        }


def foretold(identifier: str, outcome: str, record_ids: Iterable[str]) -> str:
    """The identifier of a document that was rehearsed: one that is minted will be another when it comes in."""
    return identifier if outcome != "created" or identifier in record_ids else ""


#: Behind the last item.
_NONE: tuple[None, dict[str, Any]] = (None, {})


def reports_of(accession: Accession) -> Iterator[Report]:
    """The reports of an accession, source by source: first of the source, if need be, then of its documents."""
    last, names = 0, Likenesses()
    while sources := list(accession.sources.filter(pk__gt=last).order_by("pk")[:SOURCES]):
        last = sources[-1].pk
        items = accession.items.filter(source__in=sources).select_related("document").order_by("source_id", "part")
        documents = _told(items.iterator(DOCUMENTS), names)
        item, extra = next(documents, _NONE)
        for source in sources:
            if worth_telling(source):
                yield report_of_source(source)
            while item is not None and item.source_id == source.pk:
                yield report_of_item(source, item, **extra)
                item, extra = next(documents, _NONE)


def _told(items: Iterator[AccessionItem], names: Likenesses) -> Iterator[tuple[AccessionItem, dict[str, Any]]]:
    """Items, each with what is told of it beside its own columns; a constant number of queries for each batch."""
    while batch := list(islice(items, DOCUMENTS)):
        differences, offered = differences_of(batch), alternatives_of(batch, names)
        for item in batch:
            yield item, {**differences.get(item.pk, {}), "alternatives": offered.get(item.pk, [])}


def worth_telling(source: AccessionSource) -> bool:
    """Whether there is more to say of a source than its documents do."""
    return source.state != SourceState.READ or bool(source.notices) or not source.drafts


def report_of_source(source: AccessionSource) -> Report:
    """The report of a source as a whole."""
    return Report(
        source.name,
        source.state,
        source.reader,
        source.reader_version,
        reason=source.reason,
        notices=[{"message": each, "span": None} for each in source.notices],
    )


def report_of_item(source: AccessionSource, item: AccessionItem, **more: Any) -> Report:
    """The report of a document; ``more`` as in Report. Of one that was looked at, it tells what would become of it."""
    if item.state == AccessionItem.State.LOOKED_AT:
        return _report_of_look(source, item, **more)
    return Report(
        source.name,
        item.state,
        source.reader,
        source.reader_version,
        reason=item.reason,
        identifier=item.document.identifier if item.document else "",
        part=item.part,
        identity=item.identity,
        title=item.document.title if item.document else "",
        **more,
        **in_full(item.understood),
    )


def _report_of_look(source: AccessionSource, item: AccessionItem, **more: Any) -> Report:
    looked, told = item.looked, in_full(item.understood)
    if looked.get("notice"):
        told["notices"] = [*told["notices"], {"message": looked["notice"], "span": None}]
    return Report(
        source.name,
        looked.get("outcome", item.state),
        source.reader,
        source.reader_version,
        reason=item.reason,
        identifier=looked.get("identifier", ""),
        part=item.part,
        identity=item.identity,
        title=looked.get("title", ""),
        **{**more, "changes": looked.get("changes", []), "kept": looked.get("kept", [])},
        **told,
    )
