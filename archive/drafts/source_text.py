"""Where words stand in a source, and what they are there for.

Positions count characters of the decoded source, from 0, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the source: characters from ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span cannot run from {self.start} to {self.end}")

    def of(self, text: str) -> str:
        """The text that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


class Role(StrEnum):
    """What a segment of the source is there for."""

    #: Furniture of the web site that the file was saved from.
    CHROME = "chrome"
    #: Nothing but white space.
    BLANK = "blank"
    #: A label that names the value after it ("Summary:").
    LABEL = "label"
    #: Text that a field was read from.
    FIELD = "field"
    #: The text of the document itself.
    BODY = "body"
    #: Text that no rule of the reader claimed. Kept, and shown to the archivist.
    UNCLASSIFIED = "unclassified"


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of the partition of a source: the segments of a draft, joined, are the source."""

    role: Role
    span: Span
    verbatim: str
