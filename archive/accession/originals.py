"""Originals: the bytes of sources, kept unchanged, and opened again as sources."""

from __future__ import annotations

import posixpath
import tempfile
from collections.abc import Callable, Sequence
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, cast

from django.core.files.base import File
from django.core.files.storage import Storage

from archive.models import Original
from archive.models.page import private_storage
from archive.readers import Neighbours, Source

#: Bytes of a file that is read at once and kept as long as its source: every reader asks for its beginning.
SMALL = 256 * 1024


class Originals(Protocol):
    """Where the bytes of an accession's sources are. ``keeps`` tells whether what is made of them is kept, too."""

    keeps: bool

    def keep_all(self, sources: Sequence[Source]) -> list[Original]:
        """Keep the bytes of sources under the name of their checksum, and give each its original."""

    def source_of(self, original: Original, name: str, *, neighbours: Neighbours | None = None) -> Source:
        """An original as a source under the name it was handed in with; nothing is read yet."""


def keep(source: Source) -> Original:
    """Keep the bytes of one source unchanged. The same bytes are kept once."""
    return Kept().keep_all([source])[0]


def source_of(original: Original, name: str, *, neighbours: Neighbours | None = None) -> Source:
    """The source that an original keeps, under the name it was handed in with; nothing is read yet."""
    return Kept().source_of(original, name, neighbours=neighbours)


class Kept:
    """Originals in the private storage of the site."""

    keeps = True

    def keep_all(self, sources: Sequence[Source]) -> list[Original]:
        """See Originals. The same bytes are kept once, and never all in memory."""
        return _written(sources, partial(_store, private_storage()))

    def source_of(self, original: Original, name: str, *, neighbours: Neighbours | None = None) -> Source:
        """See Originals."""
        storage, file = original.file.storage, str(original.file.name)
        # What Django wraps around it goes back to the beginning when it is gone through line by line.
        opening = partial(_opened, storage, file)
        return Source(
            name,
            opening=_read_once(opening) if original.size <= SMALL else opening,
            size=original.size,
            sha256=original.sha256,
            neighbours=neighbours,
        )


class Lent:
    """Originals of a rehearsal: files stay where they are, and members of containers go to a folder that is removed."""

    keeps = False

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = {each.sha256: each for each in sources}
        self._folder = tempfile.TemporaryDirectory(prefix="fonds-rehearsal-")

    def __enter__(self) -> Lent:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def keep_all(self, sources: Sequence[Source]) -> list[Original]:
        """See Originals."""
        return _written(sources, self._spool)

    def source_of(self, original: Original, name: str, *, neighbours: Neighbours | None = None) -> Source:
        """See Originals."""
        lent = self._sources.get(original.sha256)
        if lent is None:
            return Kept().source_of(original, name, neighbours=neighbours)
        return Source(name, opening=lent.open, size=original.size, sha256=original.sha256, neighbours=neighbours)

    def _spool(self, source: Source) -> str:
        if source.sha256 not in self._sources:
            path = Path(self._folder.name) / source.sha256
            with source.open() as file, path.open("wb") as copy:
                copy.writelines(File(file).chunks())
            self._sources[source.sha256] = Source.at(path)
        return _path(source)


def _opened(storage: Storage, name: str) -> BinaryIO:
    return cast("BinaryIO", storage.open(name, "rb").file)


def _read_once(opening: Callable[[], BinaryIO]) -> Callable[[], BinaryIO]:
    """A way of opening a file that goes to the storage once, however often it is asked."""

    @cache
    def content() -> bytes:
        with opening() as file:
            return file.read()

    return lambda: BytesIO(content())


def _path(source: Source) -> str:
    return posixpath.join("originals", source.sha256[:2], source.sha256)


def _store(storage: Storage, source: Source) -> str:
    """The name of its bytes in the storage, written unless they are there: no row told of them, so that is seldom.

    Whoever wrote them was perhaps killed before the end. A file of another size is left where it is, and not used.
    """
    name = _path(source)
    with source.open() as file:
        saved = storage.save(name, File(file))
    if saved != name and storage.size(name) == source.size:
        storage.delete(saved)
        return name
    return saved


def _written(sources: Sequence[Source], store: Callable[[Source], str]) -> list[Original]:
    """The originals of sources, those that lack stored and written down."""
    checksums = [each.sha256 for each in sources]
    known = _known(checksums)
    lacking = {each.sha256: each for each in sources if each.sha256 not in known}
    if lacking:
        Original.objects.bulk_create(
            (Original(sha256=sha256, size=each.size, file=store(each)) for sha256, each in lacking.items()),
            ignore_conflicts=True,
        )
        known |= _known(list(lacking))
    return [known[each] for each in checksums]


def _known(checksums: Sequence[str]) -> dict[str, Original]:
    return {each.sha256: each for each in Original.objects.filter(sha256__in=checksums)}
