"""Reads PDFs: their pages, and the words where there is a text layer.

Whether people wrote the words or a program recognised them, a PDF does not say.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.drafts import Draft, Field, Identity, Line, Page, TextBody, Value, Word
from archive.imaging import ImageUnusable
from archive.imaging.pdf import PdfPage, PdfWord, pages_of
from archive.readers.refused import Companion
from archive.readers.scans import belonging
from archive.readers.scans.boxes import around
from archive.readers.scans.images import is_pdf, names_alike, on_disk, refuse, title_of
from archive.readers.source import Source
from archive.readers.text_language import language_of


class Pdf:
    """Any PDF; see the module."""

    name = "pdf"
    version = "1"

    def recognises(self, source: Source) -> bool:
        """Whether it begins as a PDF does."""
        return is_pdf(source)

    def read(self, source: Source) -> Iterator[Draft]:
        """The one document of the file.

        :raises Companion: a text of the same name came with it.
        :raises HostileSource: it takes more time or memory than any honest file, or has too many or too large pages.
        :raises BrokenSource: it asks for a password, or cannot be read.
        """
        owner = belonging.owner(source.name, names_alike(source, belonging.stem(source.name)))
        if owner:
            raise Companion(source.name, of=owner)
        try:
            with on_disk(source) as path:
                pages = tuple(pages_of(path))
        except ImageUnusable as error:
            refuse(source, error)
        yield Draft(Identity("sha256", source.sha256), tuple(_fields(source, pages)))


def _fields(source: Source, pages: tuple[PdfPage, ...]) -> Iterator[Field[Value]]:
    yield title_of(source)
    text = "\n\n".join(filter(None, (_text(page) for page in pages)))
    if text:
        said = TextBody(text, "transcript", language_of(text))
        yield Field(said, text, locator="text layer", inferred="the language, from the words" if said.language else "")
    for page in pages:
        lines = tuple(map(_line, page.lines))
        held = Page(source.name, page.place, page.width, page.height, page.label, lines)
        yield Field(held, "", locator=f"page {page.place + 1}")


def _text(page: PdfPage) -> str:
    return "\n".join(" ".join(word.text for word in line) for line in page.lines)


def _line(words: tuple[PdfWord, ...]) -> Line:
    held = tuple(Word(word.text, word.box) for word in words)
    return Line(" ".join(word.text for word in held), around(word.box for word in held), held)
