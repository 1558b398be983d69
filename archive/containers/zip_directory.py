"""The directory of a ZIP file: what it says of each member, without believing it.

Read by our own hands: the standard library reads the whole directory whatever its size, gives up the archive for
one name that is not UTF-8, cuts names at NUL, and in Python 3.11 lets members overlap. Sections are those of
PKWARE's APPNOTE 6.3.10.
"""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO

from archive.containers.limits import LONGEST_NAME
from archive.readers.refused import BrokenSource, HostileSource

_END = struct.Struct("<4s4H2LH")  # 4.3.16
_END_64 = struct.Struct("<4sQ2H2L4Q")  # 4.3.14
_LOCATOR_64 = struct.Struct("<4sLQL")  # 4.3.15
_CENTRAL = struct.Struct("<4s6H3L5H2L")  # 4.3.12
_LOCAL = struct.Struct("<4s5H3L2H")  # 4.3.7
_LONGEST_COMMENT = 0xFFFF
_LARGE, _MANY = 0xFFFFFFFF, 0xFFFF
_SIZES_64, _UNICODE_NAME = 0x0001, 0x7075  # 4.5.3, 4.6.9
#: As many bytes of a name as are kept; UTF-8 has at most four to a character.
_NAME_BYTES = LONGEST_NAME * 4 + 4


@dataclass(frozen=True, slots=True)
class Entry:
    """What the directory says of one member. ``offset`` is where its own header stands in the file."""

    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int
    #: The name in UTF-8 that Info-ZIP adds beside one in an old encoding, with the checksum of that one.
    unicode_name: bytes = b""

    @property
    def is_folder(self) -> bool:
        """Whether it stands for a folder, which holds nothing itself."""
        return self.raw_name.endswith((b"/", b"\\")) or stat.S_ISDIR(self.mode)

    @property
    def encrypted(self) -> bool:
        """Whether it cannot be read without a password (4.4.4, bits 0, 6 and 13)."""
        return bool(self.flags & 0b10_0000_0100_0001)

    @property
    def says_utf8(self) -> bool:
        """Whether its name says that it is UTF-8 (4.4.4, bit 11)."""
        return bool(self.flags & 0x800)


def entries(file: BinaryIO, *, name: str, most: int, said: str = "") -> Iterator[Entry]:
    """What the directory of a ZIP file lists, in its order.

    :raises BrokenSource: where the directory is missing or cut off.
    :raises HostileSource: as soon as there are more than ``most``, which ``said`` explains; what was yielded before
        means nothing then.
    """
    start, size = _directory(file, name)
    file.seek(start)
    number = 0
    while size >= _CENTRAL.size:
        entry, length = _entry(file, name)
        if length > size:
            raise BrokenSource(f"{name} is damaged: an entry of its directory is longer than the directory itself.")
        size -= length
        number += 1
        if number > most:
            raise HostileSource(
                f"{name} lists more than {most:,} members{said}. Hand them in as several smaller ZIP files."
            )
        yield entry


def data_start(file: BinaryIO, entry: Entry) -> int | None:
    """Where the bytes of a member begin, by its own header (4.3.7); None where there is no header of its name."""
    file.seek(entry.offset)
    fixed = file.read(_LOCAL.size)
    if len(fixed) < _LOCAL.size:
        return None
    signature, *_, name_length, extra_length = _LOCAL.unpack(fixed)
    if signature != b"PK\x03\x04" or file.read(name_length)[:_NAME_BYTES] != entry.raw_name:
        return None
    return entry.offset + _LOCAL.size + int(name_length) + int(extra_length)


def _directory(file: BinaryIO, name: str) -> tuple[int, int]:
    """Where the directory begins and how many bytes it has (4.3.16, and 4.3.14 for large files)."""
    length = file.seek(0, SEEK_END)
    file.seek(max(0, length - _END.size - _LONGEST_COMMENT))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _END.size:
        raise BrokenSource(
            f"{name} is cut off: the directory of a ZIP file stands at its end, and there is none. "
            "Copy or pack it again and hand it in anew."
        )
    end = length - len(tail) + place
    *_, count, size, start, _ = _END.unpack_from(tail, place)
    if start == _LARGE or size == _LARGE or count == _MANY:
        start, size = _large_directory(file, end) or (start, size)
    if start + size > end:
        raise BrokenSource(f"{name} is damaged: its directory is said to lie beyond the end. Pack it again.")
    return start, size


def _large_directory(file: BinaryIO, end: int) -> tuple[int, int] | None:
    if end < _LOCATOR_64.size:
        return None
    file.seek(end - _LOCATOR_64.size)
    signature, _, place, _ = _LOCATOR_64.unpack(file.read(_LOCATOR_64.size))
    if signature != b"PK\x06\x07" or place > end:
        return None
    file.seek(place)
    record = file.read(_END_64.size)
    if len(record) < _END_64.size or not record.startswith(b"PK\x06\x06"):
        return None
    *_, size, start = _END_64.unpack(record)
    return start, size


def _entry(file: BinaryIO, name: str) -> tuple[Entry, int]:
    """The next entry, and how many bytes it takes in the directory."""
    fixed = file.read(_CENTRAL.size)
    if len(fixed) < _CENTRAL.size or not fixed.startswith(b"PK\x01\x02"):
        raise BrokenSource(f"{name} is damaged: there is something else within its directory. Pack it again.")
    (_, _, _, flags, method, _, _, crc, packed, size, *lengths, _, _, external, offset) = _CENTRAL.unpack(fixed)
    name_length, extra_length, comment_length = lengths
    raw_name, extra = file.read(name_length), file.read(extra_length)
    file.seek(comment_length, 1)
    size, packed, offset = _large_sizes(extra, size, packed, offset)
    unicode_name = _extra(extra, _UNICODE_NAME)
    entry = Entry(
        raw_name[:_NAME_BYTES], flags, method, crc, packed, size, offset, external >> 16, unicode_name[:_NAME_BYTES]
    )
    return entry, _CENTRAL.size + sum(lengths)


def _large_sizes(extra: bytes, *said: int) -> tuple[int, int, int]:
    """Size, packed size and offset, from the extra field where they are too large for their own (4.5.3)."""
    field = _extra(extra, _SIZES_64)
    found: list[int] = []
    for value in said:
        if value == _LARGE and len(field) >= 8:
            value, field = int.from_bytes(field[:8], "little"), field[8:]
        found.append(value)
    size, packed, offset = found
    return size, packed, offset


def _extra(extra: bytes, wanted: int) -> bytes:
    """The extra field of this kind (4.5.1), or nothing."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == wanted:
            return extra[4 : 4 + length]
        extra = extra[4 + length :]
    return b""
