"""Samples: the headings of a table with their first words, and what its first rows would come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from archive.drafts import Draft, RefusedPart
from archive.readers.refused import SourceRefused
from archive.readers.source import Source
from archive.readers.tables.parts import part_of, system_of
from archive.readers.tables.places import places, sheets_of

#: Rows that are looked at.
ROWS = 20
#: Words of each column that are shown.
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """The headings of a table and, for each, the first words below it; ``refused`` says why it has none."""

    headings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    refused: str = ""


def sample_of(source: Source) -> Sample:
    """The headings of every sheet of a table, each once."""
    found: dict[str, list[str]] = {}
    try:
        for sheet in sheets_of(source):
            rows = islice((row for row in sheet.rows if not row.blank), ROWS + 1)
            head = next(rows, None)
            headings = [" ".join(cell.split()) for cell in head.cells] if head else []
            for heading in filter(None, headings):
                found.setdefault(heading, [])
            for row in rows:
                for heading, words in zip(headings, row.cells, strict=False):
                    if heading and words.strip() and len(found[heading]) < EXAMPLES:
                        found[heading].append(words.strip())
    except SourceRefused as refusal:
        return Sample(refused=str(refusal))
    return Sample(tuple((heading, tuple(words)) for heading, words in found.items()))


def rehearsed(source: Source) -> Iterator[Draft | RefusedPart | SourceRefused]:
    """What the first rows of a table would come to; if it is refused, the refusal comes last."""
    known: dict[bytes, str] = {}
    try:
        for place in islice(places(source), ROWS):
            yield part_of(source, place, system_of(source), known)
    except SourceRefused as refusal:
        yield refusal
