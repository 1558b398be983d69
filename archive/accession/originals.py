"""Originals: the bytes of sources, kept unchanged, and opened again as sources."""

from __future__ import annotations

import posixpath
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, cast

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive.accession.cabinet import Cabinet
from archive.inserting import insert
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

    def __init__(self) -> None:
        self._storage = private_storage()
        self._cabinet = Cabinet.of(self._storage)

    def keep_all(self, sources: Sequence[Source]) -> list[Original]:
        """See Originals. The same bytes are kept once, and never all in memory."""
        return _rows_of(sources, self._store)

    def keys_of(self, sources: Sequence[Source]) -> list[int]:
        """The same, and of each original its primary key alone: of many, that is a quarter of the work."""
        _write_lacking(sources, self._store)
        keys = dict(_known(sources).values_list("sha256", "pk"))
        return [keys[each.sha256] for each in sources]

    def source_of(self, original: Original, name: str, *, neighbours: Neighbours | None = None) -> Source:
        """See Originals."""
        opening = partial(self._open, str(original.file.name))
        return Source(
            name,
            opening=_read_once(opening) if original.size <= SMALL else opening,
            size=original.size,
            sha256=original.sha256,
            neighbours=neighbours,
        )

    def _open(self, name: str) -> BinaryIO:
        if self._cabinet and self._cabinet.keeps(name):
            return self._cabinet.open(name)
        # What Django wraps around it goes back to the beginning when it is gone through line by line.
        return cast("BinaryIO", self._storage.open(name, "rb").file)

    def _store(self, source: Source) -> str:
        """The name of its bytes in the storage, written unless they are there: no row told of them, so that is seldom.

        Whoever wrote them was perhaps killed before the end. A file of another size is left where it is, and not used.
        """
        name = _path(source)
        if self._cabinet and source.size <= SMALL and self._cabinet.put(name, _bytes(source)):
            return name
        with source.open() as file:
            saved = self._storage.save(name, File(file))
        if saved != name and self._storage.size(name) == source.size:
            self._storage.delete(saved)
            return name
        return saved


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
        return _rows_of(sources, self._spool)

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


def _read_once(opening: Callable[[], BinaryIO]) -> Callable[[], BinaryIO]:
    """A way of opening a file that goes to the storage once, however often it is asked."""

    @cache
    def content() -> bytes:
        with opening() as file:
            return file.read()

    return lambda: BytesIO(content())


def _bytes(source: Source) -> bytes:
    """The bytes of a small source, which does not keep them: there may be many thousands."""
    with source.open() as file:
        return file.read()


def _path(source: Source) -> str:
    return posixpath.join("originals", source.sha256[:2], source.sha256)


def _rows_of(sources: Sequence[Source], store: Callable[[Source], str]) -> list[Original]:
    """The originals of sources, those that lack stored and written down."""
    _write_lacking(sources, store)
    known = {each.sha256: each for each in _known(sources)}
    return [known[each.sha256] for each in sources]


def _write_lacking(sources: Sequence[Source], store: Callable[[Source], str]) -> None:
    """Store those of the sources that lack, and write them down together once all of their files are there.

    One that another writes meanwhile stays as it is.
    """
    known = set(_known(sources).values_list("sha256", flat=True))
    lacking = {each.sha256: each for each in sources if each.sha256 not in known}
    now = timezone.now()
    rows = [
        {"sha256": sha256, "size": each.size, "file": store(each), "created_at": now}
        for sha256, each in sorted(lacking.items())  # in one order, so that no two wait for each other
    ]
    with transaction.atomic(savepoint=False):  # without one, SQLite makes one for each row
        insert(Original, rows, once=True)


def _known(sources: Iterable[Source]) -> QuerySet[Original]:
    return Original.objects.filter(sha256__in=[each.sha256 for each in sources]).order_by()
