"""Reading: the file of a page image as bytes at places of it, wherever it is stored.

libvips reads a tile here and a tile there. From a disk that is cheap by itself. django-storages would fetch a whole
file of S3 for the first byte; so S3 is asked for stretches.
"""

from __future__ import annotations

import io
from collections import OrderedDict
from functools import cached_property
from typing import IO, Any

from django.core.files.storage import FileSystemStorage, Storage

#: Bytes that are asked of S3 at once: about a tile, or the directories of a pyramid.
STRETCH = 64 * 1024
#: Stretches of one file that are kept while it is open.
KEPT = 64
#: The status of an answer to who asks for a range behind the end (RFC 9110, section 15.5.17).
BEHIND_THE_END = 416


def path_of(storage: Storage, name: str) -> str | None:
    """Where the file is on a disk; None where it is on none.

    Not whether the storage has a path(): InMemoryStorage has one that leads nowhere.
    """
    return storage.path(name) if isinstance(storage, FileSystemStorage) else None


def opened(storage: Storage, name: str) -> IO[bytes]:
    """The file, open to be read from anywhere in it.

    :raises OSError: where it is not there.
    """
    path = path_of(storage, name)
    if path is not None:
        return open(path, "rb", buffering=0)  # noqa: PTH123 - unbuffered, for few reads
    if _is_s3(storage):
        return io.BufferedReader(_S3Object(storage, name))
    return storage.open(name, "rb")


def _is_s3(storage: Storage) -> bool:
    """Whether it is the S3 of django-storages, which need not be installed."""
    return any(each.__module__.startswith("storages.backends.s3") for each in type(storage).__mro__)


class _S3Object(io.RawIOBase):
    """An object in S3, read stretch by stretch; those read last are kept, because libtiff goes to and fro."""

    def __init__(self, storage: Any, name: str) -> None:
        super().__init__()
        key = storage._normalize_name(name)  # what the storage itself makes of a name; it has no public way to ask
        self._object = storage.bucket.Object(key)
        self._at = 0
        self._kept: OrderedDict[int, bytes] = OrderedDict()

    @cached_property
    def size(self) -> int:
        """How long it is, in bytes."""
        return int(self._object.content_length)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with as much as the stretch still has."""
        number, start = divmod(self._at, STRETCH)
        content = self._stretch(number)[start : start + len(buffer)]
        buffer[: len(content)] = content
        self._at += len(content)
        return len(content)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        self._at = offset + self._origin(whence)
        return self._at

    def tell(self) -> int:
        return self._at

    def _origin(self, whence: int) -> int:
        if whence == io.SEEK_END:
            return self.size
        return self._at if whence == io.SEEK_CUR else 0

    def _stretch(self, number: int) -> bytes:
        if number not in self._kept:
            self._kept[number] = self._fetched(number * STRETCH)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(number)
        return self._kept[number]

    def _fetched(self, start: int) -> bytes:
        """A stretch from the server; nothing behind the end."""
        from botocore.exceptions import ClientError  # there where S3 is

        try:
            answer = self._object.get(Range=f"bytes={start}-{start + STRETCH - 1}")
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == BEHIND_THE_END:
                return b""
            raise FileNotFoundError(self._object.key) from error
        content: bytes = answer["Body"].read()
        return content
