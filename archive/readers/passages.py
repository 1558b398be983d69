"""A passage: a stretch of a source that knows where it stands.

Readers cut passages into smaller ones and never lose the place. A line ends at a line feed, and a carriage
return before it counts as white space, so that files saved on any system read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from archive.drafts import Field, Span, Value

V = TypeVar("V", bound=Value)

_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
#: White space, and the mark that some editors set before UTF-8.
_BLANK = re.compile(r"[\s\ufeff]*")
#: What stands on a line, from the first word to the last.
_WORDS_OF_LINE = re.compile(r"[^\s\ufeff](?:[^\n]*\S)?")


@dataclass(frozen=True, slots=True)
class Passage:
    """The characters ``span`` of the text ``source``."""

    source: str
    span: Span

    @classmethod
    def whole(cls, source: str) -> Passage:
        """All of a text."""
        return cls(source, Span(0, len(source)))

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.span.of(self.source)

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read in it."""
        return _BLANK.fullmatch(self.text) is not None

    @property
    def line_number(self) -> int:
        """The line of the source in which the passage starts, from 1."""
        return self.source.count("\n", 0, self.span.start) + 1

    def part(self, start: int, end: int) -> Passage:
        """The characters from ``start`` to ``end``, counted within the passage."""
        return Passage(self.source, Span(self.span.start + start, self.span.start + end))

    def group(self, match: re.Match[str], name: str | int = 0) -> Passage:
        """Where a group of a match, made in the text of this passage, stands."""
        return self.part(*match.span(name))

    def until(self, other: Passage) -> Passage:
        """From the start of this passage to the end of the other."""
        return Passage(self.source, Span(self.span.start, max(self.span.start, other.span.end)))

    def trimmed(self) -> Passage:
        """The passage without the white space around it."""
        start, end = _inked(self.text)
        return self.part(start, end)

    def lines(self) -> tuple[Passage, ...]:
        """The lines that are not blank, each without the white space around it."""
        return _lines(self)

    def first_paragraph(self) -> Passage:
        """The passage up to its first blank line."""
        words = self.trimmed()
        end = _BLANK_LINE.search(words.text)
        return words.part(0, end.start()).trimmed() if end else words

    def all(self, pattern: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Each place where the pattern matches, with the match."""
        for match in pattern.finditer(self.text):
            yield self.group(match), match

    def says(self, value: V, *, inferred: str = "") -> Field[V]:
        """A field that holds the value and was read from this passage."""
        return Field(value, self.text, self.span, inferred=inferred)


def _inked(text: str) -> tuple[int, int]:
    """Where the words of a text begin and end."""
    before = _BLANK.match(text)
    start = before.end() if before else 0
    return start, max(start, len(text.rstrip()))


@lru_cache(maxsize=32)
def _lines(passage: Passage) -> tuple[Passage, ...]:
    """See Passage.lines; a reader's rules ask for the lines of the same few passages."""
    return tuple(passage.group(match) for match in _WORDS_OF_LINE.finditer(passage.text))
