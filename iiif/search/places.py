"""Places: where on the page images of a document stands what was asked for, word by word.

The lines of all pages of one text are read as one, so that a phrase is found that goes on in the next line or on the
next page. It then has several runs, one for each line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from archive.description import Description, LineDescription, PageDescription
from iiif.search.matching import Asked

#: Characters told of what stands before and after what was found.
AROUND = 60


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words of one line, its box in pixels of the page, and the characters of the line that were found.

    ``line`` is the number of the line on its page, from 1, as in the manifest.
    """

    page: PageDescription
    line: int
    start: int
    end: int
    text: str
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was asked for, once: where it stands, its words, and some of those before and after it."""

    runs: tuple[Run, ...]
    before: str
    match: str
    after: str


def findings(description: Description, asked: Asked) -> list[Finding]:
    """Every place in the order of the pages; none unless all that was asked for is somewhere in the document."""
    found: list[Finding] = []
    clauses: set[int] = set()
    for text in texts(description):
        for match in asked.matches(text.characters):
            clauses.add(match.clause)
            found.append(text.finding(match.start, match.end))
    return found if len(clauses) == len(asked.clauses) else []


def texts(description: Description) -> Iterator[LinesOfText]:
    """The lines of each text of a document that has pages."""
    for _, pages in groupby(description.pages, key=lambda page: (page.kind, page.text_key)):
        yield LinesOfText(list(pages))


class LinesOfText:
    """The lines of pages that follow one another, as one text."""

    def __init__(self, pages: Iterable[PageDescription]) -> None:
        self.lines = [(page, number, line) for page in pages for number, line in enumerate(page.lines, start=1)]

    @cached_property
    def characters(self) -> str:
        """The whole text, a line break between two lines."""
        return "\n".join(line.text for _, _, line in self.lines)

    @cached_property
    def _starts(self) -> Sequence[int]:
        """Where in the text each line begins."""
        starts, at = [], 0
        for _, _, line in self.lines:
            starts.append(at)
            at += len(line.text) + 1
        return starts

    def finding(self, start: int, end: int) -> Finding:
        """What stands from one character of the text up to another."""
        return Finding(
            runs=tuple(self._runs(start, end)),
            before=_blanks(self.characters[max(0, start - AROUND) : start], cut_left=start > AROUND),
            match=_blanks(self.characters[start:end]),
            after=_blanks(self.characters[end : end + AROUND], cut_right=end + AROUND < len(self.characters)),
        )

    def _runs(self, start: int, end: int) -> Iterator[Run]:
        for index in range(bisect_right(self._starts, start) - 1, len(self.lines)):
            begin = self._starts[index]
            if begin >= end:
                return
            page, number, line = self.lines[index]
            left, right = max(0, start - begin), min(len(line.text), end - begin)
            if left < right:
                yield Run(page, number, left, right, line.text[left:right], _box(line, left, right))


def _box(line: LineDescription, start: int, end: int) -> tuple[int, int, int, int]:
    """Around the words that some characters of a line belong to; the whole line where its words are not known."""
    at, boxes = 0, []
    for word in line.words:
        found = line.text.find(word.text, at)
        if found < 0:
            continue
        at = found + len(word.text)
        if found < end and at > start:
            boxes.append((word.x, word.y, word.x + word.width, word.y + word.height))
    if not boxes:
        return line.x, line.y, line.width, line.height
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right) - min(left), max(bottom) - min(top)


def _blanks(text: str, *, cut_left: bool = False, cut_right: bool = False) -> str:
    """Line breaks as blanks, and no part of a word where the text was cut."""
    text = text.replace("\n", " ")
    if cut_left and " " in text:
        text = text[text.index(" ") + 1 :]
    if cut_right and " " in text:
        text = text[: text.rindex(" ")]
    return text
