"""Pages as a source describes them: the image of each, and where its lines and words stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from archive.drafts.values import Value

#: Left, top, width and height, in pixels of the page's image from its upper left corner.
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line, and its box."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; ``words`` is empty where the source tells lines only."""

    text: str
    box: Box
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Page(Value):
    """One page of the document, in the document's order.

    ``file`` is the name of the source that holds its image, as ``Source.neighbour`` found it; empty where the
    image did not come along. ``place`` is the page's number within that file, from 0, for files that hold several
    (PDF, TIFF). ``width`` and ``height`` are the pixels in which the boxes are given, 0 where there are none.
    ``label`` is what stands on the page as its number.
    """

    name: ClassVar[str] = "page"
    file: str
    place: int = 0
    width: int = 0
    height: int = 0
    label: str = ""
    lines: tuple[Line, ...] = ()
