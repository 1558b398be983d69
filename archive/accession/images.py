"""Images: the page images of one file as it was handed in, made and kept once for each distinct file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

from django.core.files import File

from archive.imaging import pdf
from archive.imaging.headers import Header, header_of
from archive.imaging.pyramids import VERSION, pyramid, pyramid_of_pixels
from archive.models.page import private_storage
from archive.readers import Source
from archive.readers.scans.images import is_pdf, on_disk


@dataclass(frozen=True, slots=True)
class Made:
    """A page image in the storage; ``place`` is the place within the file that it was made from."""

    place: int
    name: str
    width: int
    height: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Images:
    """The page images of a file. With ``keep`` false they are made, and not kept."""

    source: Source
    keep: bool = True

    def of(self, places: Sequence[int]) -> Iterator[Made]:
        """The images at these places of the file.

        :raises ImageUnusable: one cannot be made. Those before it have come.
        """
        missing = [place for place in places if not private_storage().exists(self._name(place))]
        yield from (self._known(place) for place in places if place not in missing)
        if missing:
            with on_disk(self.source) as path, TemporaryDirectory(prefix="fonds-") as folder:
                yield from self._make(path, missing, Path(folder))

    def _name(self, place: int) -> str:
        """The name that the image has in the storage; it says what the image was made from."""
        checksum = self.source.sha256
        return f"scans/{checksum[:2]}/{checksum}.{place}.v{VERSION}.tif"

    def _known(self, place: int) -> Made:
        """An image that is there already, measured again: a row that tells of it may be gone."""
        storage, name = private_storage(), self._name(place)
        kept = Source(name, opening=lambda: cast(BinaryIO, storage.open(name, "rb")), size=storage.size(name))
        [extent, *_] = header_of(kept.open).extents
        return Made(place, name, extent.width, extent.height, kept.sha256)

    def _make(self, path: Path, places: Sequence[int], folder: Path) -> Iterator[Made]:
        if is_pdf(self.source):
            for place, width, height, pixels in pdf.drawn(path, places):
                made = folder / f"{place}.tif"
                pyramid_of_pixels(pixels, width, height, bands=3, to=made)
                yield self._stored(place, made, width, height)
            return
        header = header_of(self.source.open)
        for place in places:
            made = folder / f"{place}.tif"
            width, height = pyramid(path, header.media_type, place=_at(header, place), to=made)
            yield self._stored(place, made, width, height)

    def _stored(self, place: int, made: Path, width: int, height: int) -> Made:
        checksum = Source.at(made).sha256
        storage, name = private_storage(), self._name(place)
        if self.keep and not storage.exists(name):
            with made.open("rb") as file:
                saved = storage.save(name, File(file))
            if saved != name:  # another worker was faster
                storage.delete(saved)
        made.unlink()
        return Made(place, name, width, height, checksum)


def _at(header: Header, place: int) -> int:
    """The place within the file, which a file with one image does not name."""
    return place if len(header.extents) > 1 else 0
