"""The bytes of one member of a ZIP file, unpacked as they are read and never further than its directory says."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

from archive.containers.zip_directory import Entry
from archive.readers.refused import BrokenSource

STORED, DEFLATED = 0, 8
#: Packed bytes taken up at once.
_PIECE = 64 * 1024


class Unpacking(io.RawIOBase):
    """A stream over one member. It owns ``file`` and closes it.

    ``read`` raises ``BrokenSource`` where the member is not what the directory says: longer, shorter, or of another
    checksum. Memory is a piece of the packed and a piece of the unpacked bytes, whatever they claim to be.
    """

    def __init__(self, file: BinaryIO, entry: Entry, start: int, *, name: str) -> None:
        super().__init__()
        file.seek(start)
        self._file = file
        self._name = name
        self._entry = entry
        self._packed_left = entry.packed
        self._left = entry.size
        self._crc = 0
        self._inflating = zlib.decompressobj(-zlib.MAX_WBITS) if entry.method == DEFLATED else None
        self._waiting = b""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer with the next bytes; 0 at the end, which is reached only if all was right."""
        # One byte more than there should be, to see that there is more.
        piece = self._next(min(len(buffer), self._left + 1))
        if len(piece) > self._left:
            raise BrokenSource(f"{self._name} holds more than the {self._entry.size:,} bytes that the ZIP file tells.")
        if not piece:
            self._check_end()
        self._left -= len(piece)
        self._crc = zlib.crc32(piece, self._crc)
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Close the file below, too."""
        if not self.closed:
            self._file.close()
        super().close()

    def _next(self, most: int) -> bytes:
        if self._inflating is None:
            return self._packed(most)
        while True:
            packed = self._waiting or self._packed(_PIECE)
            try:
                piece = self._inflating.decompress(packed, most)
            except zlib.error as error:
                reason = "is damaged: its packed bytes make no sense. Pack it again."
                raise BrokenSource(f"{self._name} {reason}") from error
            self._waiting = self._inflating.unconsumed_tail
            if piece or self._inflating.eof or not packed:
                return piece

    def _packed(self, most: int) -> bytes:
        piece = self._file.read(min(most, self._packed_left))
        self._packed_left -= len(piece)
        return piece

    def _check_end(self) -> None:
        if self._left:
            raise BrokenSource(f"{self._name} is cut off: {self._left:,} bytes fewer than the ZIP file tells.")
        if self._crc != self._entry.crc:
            raise BrokenSource(f"{self._name} is damaged: its checksum is not the one that the ZIP file tells.")
