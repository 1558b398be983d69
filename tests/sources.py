"""The sources that the tests hand in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from archive.accession import Arrival, Entry, enter_all
from archive.accession.neighbours import file_key
from archive.accession.originals import keep
from archive.accession.pages import prepare
from archive.drafts import Draft
from archive.models import Accession, AccessionSource
from archive.readers import Source

SOURCES = Path(settings.BASE_DIR) / "fixtures" / "sources"
ROSHCHIN = SOURCES / "page_text" / "000_17641bb20539a64a.txt"
FILIPPOV = SOURCES / "page_markdown" / "002_75e4e0694aac02d8.txt"


def source(path: Path) -> Source:
    """The source at a path."""
    return Source(path.name, path.read_bytes())


def altered(path: Path, *replacements: tuple[str, str]) -> Source:
    """The source at a path with some words replaced, each of which must occur in it."""
    text = path.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return Source(path.name, text.encode())


def an_accession_source(source: Source, *, accession: Accession | None = None, **columns: Any) -> AccessionSource:
    """A source as it stands in an accession, its original kept."""
    return AccessionSource.objects.create(
        **{
            "accession": accession or Accession.objects.create(),
            "position": 1,
            "name": source.name,
            "file_key": file_key(source.name),
            "original": keep(source),
            "state": "read",
            **columns,
        }
    )


def enter_scans(draft: Draft, source: Source) -> Entry:
    """Enter one document with its pages, as accession does."""
    arrival = Arrival(draft, an_accession_source(source), source, prepare(draft, source))
    return enter_all([arrival])[0]
