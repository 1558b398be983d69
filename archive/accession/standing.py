"""Standing: how far an accession is, counted from its rows; the same on the command line and in the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from archive.models import Accession, AccessionItem, AccessionSource


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an accession is. While ``of`` is files, they are being read; then their documents come in."""

    of: str
    done: int
    total: int


def standing_of(accession: Accession) -> Standing:
    """How far an accession is, counted from its rows."""
    files = _counted("files", accession.sources, AccessionSource.OPEN)
    if files.done < files.total:
        return files
    documents = _counted("documents", accession.items, AccessionItem.OPEN)
    return documents if documents.total else files


def _counted(of: str, rows: Any, unfinished: Any) -> Standing:
    counts = rows.aggregate(total=Count("pk"), left=Count("pk", filter=Q(state__in=unfinished)))
    return Standing(of, counts["total"] - counts["left"], counts["total"])
