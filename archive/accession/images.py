"""Images: the page images of one file as it was handed in, made and kept once for each distinct file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

from django.core.files import File
from django.db import transaction

from archive.accession.originals import source_of
from archive.imaging import pdf
from archive.imaging.headers import Header, header_of
from archive.imaging.pyramids import VERSION, pyramid, pyramid_of_pixels
from archive.models import Original, Page
from archive.models.page import made_from, private_storage
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


def remove_unshown(names: Collection[str]) -> None:
    """Remove images that nothing shows, or would show again, once the transaction is committed."""
    if names:
        transaction.on_commit(partial(_remove, frozenset(names)))


def _remove(names: frozenset[str]) -> None:
    kept = {
        *Page.objects.filter(image__in=names).values_list("image", flat=True),
        *Original.objects.filter(file__in=names).values_list("file", flat=True),
    }
    for name in sorted(names - kept):
        private_storage().delete(name)


def original_of(name: str) -> tuple[Original, int] | None:
    """The original that an image was made from, and the place in it, by the image's name; None for another image."""
    checksum, place = made_from(name)
    found = Original.objects.filter(sha256=checksum).first() if checksum else None
    return (found, place) if found else None


def there(name: str) -> str:
    """The name of an image that may have been removed, made again from its original if need be.

    :raises ImageUnusable: it cannot be made.
    """
    if private_storage().exists(name) or (found := original_of(name)) is None:
        return name
    original, place = found
    [made] = Images(source_of(original, original.sha256)).of([place])
    return made.name


def forget(checksums: Iterable[str]) -> None:
    """Remove the images that were made of files with these checksums, and that nothing shows."""
    storage, folders = private_storage(), defaultdict(set)
    for checksum in checksums:
        folders[f"scans/{checksum[:2]}"].add(checksum)
    for folder, wanted in folders.items():
        if storage.exists(folder):
            names = storage.listdir(folder)[1]
            remove_unshown({f"{folder}/{name}" for name in names if name.partition(".")[0] in wanted})


def _at(header: Header, place: int) -> int:
    """The place within the file, which a file with one image does not name."""
    return place if len(header.extents) > 1 else 0
