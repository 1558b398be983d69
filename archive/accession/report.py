"""Reports: what became of each document of an accession, the same for a rehearsal and for the real thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from archive.drafts import Draft, RefusedPart, fields_as_data
from archive.models import Accession
from archive.readers import Reader


@dataclass(frozen=True, slots=True)
class Report:
    """One document: where it came from, what was understood, what became of it.

    ``fields``, ``segments`` and ``notices`` are plain data as ``understanding`` gives them; ``refused`` is what
    ``refused_part`` gives of a part that its reader refused.
    """

    source: str
    outcome: str
    reader: str = ""
    reader_version: str = ""
    reason: str = ""
    identifier: str = ""
    fields: list[dict[str, Any]] = field(default_factory=list)
    segments: list[list[Any]] = field(default_factory=list)
    notices: list[dict[str, Any]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def came_in(self) -> bool:
        """Whether the document is in the archive, and nothing went wrong with it."""
        return self.outcome in {"created", "updated", "known"} and not self.reason

    def as_data(self) -> dict[str, Any]:
        """The report as plain data, for JSON."""
        return {
            "source": self.source,
            "reader": self.reader,
            "reader_version": self.reader_version,
            "outcome": self.outcome,
            "reason": self.reason,
            "identifier": self.identifier,
            "fields": self.fields,
            "segments": self.segments,
            "notices": self.notices,
            "refused": self.refused,
        }


def understanding(draft: Draft) -> dict[str, Any]:
    """What a reader understood, as plain data: ``fields``, ``segments`` and ``notices``.

    A segment is ``[role, start, end]``; the words themselves are in the original.
    """
    return {
        "fields": list(fields_as_data(draft.fields)),
        "segments": [[s.role, s.span.start, s.span.end] for s in draft.segments],
        "notices": [
            {"message": n.message, "span": [n.span.start, n.span.end] if n.span else None} for n in draft.notices
        ],
    }


def refused_part(part: RefusedPart) -> dict[str, Any]:
    """What a reader refused of a source, as plain data: ``refused`` with its ``name``, ``locator`` and ``verbatim``."""
    return {"refused": {"name": part.name, "locator": part.locator, "verbatim": part.verbatim}}


def report_of_refusal(source: str, reader: Reader, part: RefusedPart) -> Report:
    """The report of a part of a source that its reader refused."""
    return Report(source, "refused", reader.name, reader.version, reason=part.reason, **refused_part(part))


def report_of_draft(source: str, reader: Reader, draft: Draft, *, outcome: str, identifier: str) -> Report:
    """The report of a draft that was entered."""
    return Report(source, outcome, reader.name, reader.version, identifier=identifier, **understanding(draft))


def reports_of(accession: Accession) -> Iterator[Report]:
    """The reports of an accession's items, in their order."""
    for item in accession.items.select_related("document").order_by("position", "part"):
        yield Report(
            source=item.name,
            outcome=item.state,
            reader=item.reader,
            reader_version=item.reader_version,
            reason=item.reason,
            identifier=item.document.identifier if item.document else "",
            **item.understood,
        )
