"""Reads images: JPEG, PNG, TIFF of one or more pages, JPEG 2000, WebP. Nothing is decoded here."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NoReturn

from archive.drafts import Draft, Field, Identity, Notice, Page, Title, Value
from archive.imaging import ImageHostile, ImageUnusable, told
from archive.imaging import pdf as pdfs
from archive.imaging.headers import MARK, Extent, Header, header_of, media_type_of
from archive.readers.refused import BrokenSource, Companion, HostileSource
from archive.readers.scans import belonging
from archive.readers.source import CHUNK, Source

#: Words at the end of a line that is not over. What programs put before a PDF is lines of their own, or no words.
_SPEAKS = re.compile(rb"[A-Za-z][^\r\n\x00]*\Z")


class ImageFile:
    """Images alone, and series of them; see archive.readers.scans.belonging."""

    name = "image"
    version = "1"

    def recognises(self, source: Source) -> bool:
        """Whether it begins as one of these formats does."""
        return bool(media_type_of(source.head(MARK)))

    def read(self, source: Source) -> Iterator[Draft]:
        """The one document of an image, or of a series, which its first image stands for.

        :raises Companion: the image belongs to another file.
        :raises HostileSource: it has more pixels, or holds more images, than any honest scan.
        :raises BrokenSource: it is cut off.
        """
        names = names_alike(source, belonging.base(source.name))
        owner = belonging.owner(source.name, names)
        if owner:
            raise Companion(source.name, of=owner)
        yield _draft(source, belonging.series_of_images(source.name, names))


def _draft(source: Source, series: tuple[str, ...]) -> Draft:
    fields: list[Field[Value]] = [title_of(source, belonging.base(source.name) if len(series) > 1 else "")]
    notices: list[Notice] = []
    for name in series:
        image = source if name == source.name else source.neighbour(belonging.last(name))
        if image is None:
            notices.append(Notice(f"{name}, a page of this document, is not there any more."))
            continue
        fields += pages_of_image(image, extents_of(image))
    return Draft(Identity("sha256", source.sha256), tuple(fields), notices=tuple(notices))


def title_of(source: Source, title: str = "") -> Field[Value]:
    """The title of a document that nobody has given one: the name of its file, or another that goes with the files."""
    title = title or belonging.stem(source.name)
    return Field(Title(title), title, locator="file name", inferred="the title is the name of the file")


def pages_of_image(image: Source, extents: tuple[Extent, ...]) -> Iterator[Field[Value]]:
    """A page for each image of a file."""
    for extent in extents:
        page = Page(image.name, extent.place, extent.width, extent.height)
        yield Field(page, "", locator=f"image {extent.place + 1} of {image.name}")


def extents_of(source: Source) -> tuple[Extent, ...]:
    """The images of a file, or the pages of a PDF as they will be drawn.

    :raises HostileSource: it would take more time or memory than any honest scan.
    :raises BrokenSource: it is cut off, or no image.
    """
    try:
        if is_pdf(source):
            with on_disk(source) as path:
                return tuple(Extent(page.place, page.width, page.height, 300) for page in pdfs.pages_of(path))
        return header(source).extents
    except ImageUnusable as error:
        refuse(source, error)


def header(source: Source) -> Header:
    """What the image file says of itself.

    :raises ImageUnusable: see archive.imaging.headers.
    """
    return header_of(source.open)


def names_alike(source: Source, beginning: str) -> tuple[str, ...]:
    """The names of the files in its folder that begin so, its own among them."""
    return tuple(each.name for each in source.alike(beginning))


def is_pdf(source: Source) -> bool:
    """Whether the source begins as a PDF does; words before the mark, on its line, only speak of one."""
    before, mark, _ = source.head(pdfs.MARK_WITHIN).partition(pdfs.MARK)
    return bool(mark) and not _SPEAKS.search(before)


def is_image(source: Source) -> bool:
    """Whether pages can be made of the source: an image or a PDF."""
    return bool(media_type_of(source.head(MARK))) or is_pdf(source)


def refuse(source: Source, error: ImageUnusable) -> NoReturn:
    """Refuse a source of which no page image can be made.

    :raises SourceRefused: always.
    """
    kind = HostileSource if isinstance(error, ImageHostile) else BrokenSource
    raise kind(told(source.name, error)) from error


@contextmanager
def on_disk(source: Source) -> Iterator[Path]:
    """A copy of the source for libraries that want a path, until the block ends."""
    with NamedTemporaryFile(prefix="fonds-", suffix=belonging.ending(source.name)[:10]) as copy:
        with source.open() as file:
            shutil.copyfileobj(file, copy, CHUNK)
        copy.flush()
        yield Path(copy.name)
