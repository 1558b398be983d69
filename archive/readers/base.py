"""What a reader promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from archive.drafts import Draft, RefusedPart, ThingDraft, UnitDraft
from archive.readers.source import Source


class Reader(Protocol):
    """One input format."""

    #: Short name, as it stands in reports and in the database.
    name: str
    #: Raised when the reader understands more or otherwise, so that originals can be read anew.
    version: str

    def recognises(self, source: Source) -> bool:
        """Whether the source is of this reader's format. Cheap, and never raises for a source of another."""

    def read(self, source: Source) -> Iterator[Draft | UnitDraft | ThingDraft | RefusedPart]:
        """The drafts that the source holds, in its order, one at a time: a volume may hold thousands.

        A document that cannot come in while its neighbours do is yielded as a ``RefusedPart`` in its place.

        :raises SourceRefused: where the source is of this format and still cannot come in. What was yielded
            before is in all the same, so check what can be checked before the first.
        """
