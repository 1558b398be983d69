"""A source: one file as it was handed in, and the files beside it.

It may be far larger than memory. Ask ``head`` to recognise it and ``open`` to stream it; ``content`` and ``text``
hold the whole file, and are for formats whose files are small.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from archive.readers.refused import WrongEncoding

if TYPE_CHECKING:
    from archive.readers.tables.mapping import ColumnMapping

#: Bytes read at once where a whole file is gone through.
CHUNK = 1024 * 1024
#: Bytes from the beginning that are kept: a dozen formats ask for them to tell whether the file is of theirs.
BEGINNING = 4096


class Neighbours(Protocol):
    """What was handed in together with a source."""

    def find(self, name: str, *, beside: str) -> Source | None:
        """The file that a source called ``beside`` means by ``name``, or None if it did not come along."""


class Folder(Protocol):
    """Neighbours that can be looked through without taking any of them along."""

    def alike(self, beginning: str, *, beside: str) -> Sequence[Source]:
        """The files in the folder of ``beside`` whose names begin so, in any case; that file among them."""


class Checksums(Protocol):
    """Neighbours that can be asked for a file by its bytes."""

    def with_checksum(self, sha256: str, *, beside: str) -> Source | None:
        """The file with this SHA-256, in hexadecimal, or None if it did not come along."""


class Source:
    """One file as it was handed in.

    ``name`` is its path within what was handed in, with forward slashes. ``mapping`` is what the person who handed it
    in says of its columns, should it be a table.
    """

    def __init__(
        self,
        name: str,
        content: bytes | None = None,
        *,
        opening: Callable[[], BinaryIO] | None = None,
        size: int | None = None,
        sha256: str = "",
        neighbours: Neighbours | None = None,
        mapping: ColumnMapping | None = None,
    ) -> None:
        if (content is None) == (opening is None):
            raise TypeError("a source has either content or a way of opening it")
        self.name = name
        self._opening = opening or (lambda: BytesIO(content or b""))
        self._size = len(content) if content is not None else size
        self._sha256 = sha256
        self._neighbours = neighbours
        self.mapping = mapping

    def __repr__(self) -> str:
        return f"Source({self.name!r})"

    @classmethod
    def at(cls, path: Path, *, name: str = "", neighbours: Neighbours | None = None) -> Source:
        """The file at a path, not read yet; ``name`` is its own unless another is given."""
        return cls(name or path.name, opening=lambda: path.open("rb"), size=path.stat().st_size, neighbours=neighbours)

    def open(self) -> BinaryIO:
        """The bytes from the beginning, for the caller to read and to close."""
        return self._opening()

    def head(self, size: int) -> bytes:
        """The first bytes, at most ``size``."""
        if size <= BEGINNING:
            return self._beginning[:size]
        with self.open() as file:
            return file.read(size)

    def neighbour(self, name: str) -> Source | None:
        """The file that this one means by ``name``, or None if it did not come along.

        A path is followed from this file's folder; a name that is there only once is found wherever it lies.
        """
        return self._neighbours.find(name, beside=self.name) if self._neighbours else None

    def with_checksum(self, sha256: str) -> Source | None:
        """The file beside this one with that SHA-256, whatever it is called; None if it did not come along."""
        with_checksum: Callable[..., Source | None] | None = getattr(self._neighbours, "with_checksum", None)
        return with_checksum(sha256, beside=self.name) if with_checksum else None

    def alike(self, beginning: str) -> tuple[Source, ...]:
        """The files in its folder whose names begin so, itself among them. None of them is taken along.

        Neighbours that cannot be looked through have none.
        """
        looked_through: Callable[..., Sequence[Source]] | None = getattr(self._neighbours, "alike", None)
        return tuple(looked_through(beginning, beside=self.name)) if looked_through else ()

    @cached_property
    def _beginning(self) -> bytes:
        with self.open() as file:
            return file.read(BEGINNING)

    @cached_property
    def size(self) -> int:
        """How many bytes it has."""
        if self._size is not None:
            return self._size
        with self.open() as file:
            return sum(map(len, iter(lambda: file.read(CHUNK), b"")))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        if self._sha256:
            return self._sha256
        with self.open() as file:
            return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]

    @cached_property
    def content(self) -> bytes:
        """All the bytes."""
        with self.open() as file:
            return file.read()

    @cached_property
    def text(self) -> str:
        """The bytes decoded as UTF-8, unchanged otherwise.

        :raises WrongEncoding: naming the first byte that is not UTF-8, and its line.
        """
        try:
            return self.content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = self.content.count(b"\n", 0, error.start) + 1
            raise WrongEncoding(
                f"{self.name} is not UTF-8: byte {self.content[error.start]:#04x} in line {line} has no meaning there. "
                "Save the file as UTF-8 and hand it in again."
            ) from error
