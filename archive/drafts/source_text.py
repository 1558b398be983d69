"""Where words stand in a source, and what they are there for.

Positions count characters of the decoded source, from 0, end exclusive. What is made here is made by the hundred for
each page, and is a tuple: a frozen dataclass costs twice as much to make.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of the source: characters from ``start`` up to, not including, ``end``."""

    start: int
    end: int

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


class Segment(NamedTuple):
    """One piece of the partition of a source: the segments of a draft, joined, are the source."""

    role: Role
    span: Span
    verbatim: str
