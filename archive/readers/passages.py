"""A passage: a stretch of a source that knows where it stands.

Readers cut passages into smaller ones and never lose the place. A line ends at a line feed, and a carriage
return before it counts as white space, so that files saved on any system read alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeVar

from archive.drafts import Field, Span, Value

V = TypeVar("V", bound=Value)

#: Makes a tuple of a kind from its parts. To call the kind takes twice as long, and a page has hundreds of them.
_made = tuple.__new__
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
#: The mark that some editors set before UTF-8.
_MARK = "\ufeff"
#: White space, with that mark.
_BLANK = re.compile(rf"[\s{_MARK}]*")
#: What stands on a line, from the first word to the last.
_WORDS_OF_LINE = re.compile(r"[^\s\ufeff](?:[^\n]*\S)?")


class Passage(NamedTuple):
    """The characters of the text ``source`` from ``start`` up to, not including, ``end``.

    A page is cut into some three hundred of them on its way to a draft, so that one has to cost next to nothing.
    """

    source: str
    start: int
    end: int

    @classmethod
    def whole(cls, source: str) -> Passage:
        """All of a text."""
        return cls(source, 0, len(source))

    @property
    def span(self) -> Span:
        """Where the passage stands."""
        return _made(Span, (self.start, self.end))

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.source[self.start : self.end]

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read in it."""
        text = self.text
        return text.isspace() or _BLANK.fullmatch(text) is not None

    @property
    def line_number(self) -> int:
        """The line of the source in which the passage starts, from 1."""
        return self.source.count("\n", 0, self.start) + 1

    def part(self, start: int, end: int) -> Passage:
        """The characters from ``start`` to ``end``, counted within the passage."""
        return _made(Passage, (self.source, self.start + start, self.start + end))

    def group(self, match: re.Match[str], name: str | int = 0) -> Passage:
        """Where a group of a match, made in the text of this passage, stands."""
        start, end = match.span(name)
        return _made(Passage, (self.source, self.start + start, self.start + end))

    def until(self, other: Passage) -> Passage:
        """From the start of this passage to the end of the other."""
        return Passage(self.source, self.start, max(self.start, other.end))

    def trimmed(self) -> Passage:
        """The passage without the white space around it."""
        text = self.text
        if len(text.strip()) == len(text) and not text.startswith(_MARK):
            return self  # as most are
        return self.part(*_inked(text))

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

    def all_at(self, pattern: re.Pattern[str], places: Iterable[int]) -> Iterator[tuple[Passage, re.Match[str]]]:
        """As ``all``, for a pattern that can match only where one of the places begins; they are in order.

        A pattern that begins with a line or with letters of both cases is tried at every character. Places are found
        by words that it cannot do without, in a tenth of the time.
        """
        text, reached = self.text, 0
        for place in places:
            match = pattern.match(text, place) if place >= reached else None
            if match:
                reached = match.end()
                yield self.group(match), match

    def says(self, value: V, *, inferred: str = "") -> Field[V]:
        """A field that holds the value and was read from this passage."""
        source, start, end = self
        return _made(Field, (value, source[start:end], _made(Span, (start, end)), "", inferred))


def places_of(text: str, *words: str) -> list[int]:
    """Where any of the words stands in a text, in order."""
    places = []
    for word in words:
        place = text.find(word)
        while place >= 0:
            places.append(place)
            place = text.find(word, place + 1)
    return sorted(places)


def lines_with(text: str, *words: str) -> list[int]:
    """Where the lines begin that hold any of the words, in order."""
    return lines_at(text, places_of(text, *words))


def lines_at(text: str, places: Iterable[int]) -> list[int]:
    """Where the lines begin in which the places are; both are in order."""
    starts: list[int] = []
    start = reached = 0
    for place in places:
        start = text.rfind("\n", reached, place) + 1 or start  # no further back: a line may hold a million of them
        reached = place
        if starts[-1:] != [start]:
            starts.append(start)
    return starts


def _inked(text: str) -> tuple[int, int]:
    """Where the words of a text begin and end."""
    before = _BLANK.match(text)
    start = before.end() if before else 0
    return start, max(start, len(text.rstrip()))


def _lines(passage: Passage) -> tuple[Passage, ...]:
    """See Passage.lines: those of the whole text that touch the passage, cut where it begins or ends within one."""
    starts, ends, lines = _lines_of(passage.source)
    touched = lines[bisect_right(ends, passage.start) : bisect_left(starts, passage.end)]
    if not touched or (passage.start <= touched[0].start and touched[-1].end <= passage.end):
        return touched
    first, *between = touched  # of several only the first and the last can reach beyond the passage
    last = between[-1:]
    return (*_within(passage, first), *between[:-1], *(cut for line in last for cut in _within(passage, line)))


@lru_cache(maxsize=4)
def _lines_of(source: str) -> tuple[tuple[int, ...], tuple[int, ...], tuple[Passage, ...]]:
    """Where the lines of a text start, where they end, and the lines; rules ask for those of many parts of one text."""
    places = [match.span() for match in _WORDS_OF_LINE.finditer(source)]
    lines = tuple([_made(Passage, (source, start, end)) for start, end in places])
    return tuple([start for start, _ in places]), tuple([end for _, end in places]), lines


def _within(passage: Passage, line: Passage) -> Iterator[Passage]:
    """What of a line stands within the passage."""
    if passage.start <= line.start and line.end <= passage.end:
        yield line
        return
    cut = Passage(line.source, max(passage.start, line.start), min(passage.end, line.end))
    yield from (cut.group(match) for match in _WORDS_OF_LINE.finditer(cut.text))
