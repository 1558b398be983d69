"""ZIP files as honest programs and as attackers make them, byte by byte where no program would."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, replace

from archive.containers import Limits, RefusedMember
from archive.containers.zip_file import ZipFile
from archive.readers import Source


@dataclass(frozen=True)
class Member:
    """One member; what is not given is as it should be. ``listed_…`` is what the directory says."""

    name: bytes = b"letter.txt"
    content: bytes = b"Comrade Filippov"
    packed: bytes | None = None
    method: int = 8
    flags: int = 0x800
    mode: int = 0o100644
    crc: int | None = None
    listed_size: int | None = None
    listed_packed: int | None = None
    own_name: bytes | None = None
    extra: bytes = b""
    #: Stands where another does already.
    at: int | None = None


def deflated(content: bytes) -> bytes:
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packing.compress(content) + packing.flush()


def packed(*members: Member, cut: int = 0) -> bytes:
    """A ZIP file of these members; ``cut`` bytes are missing at its end."""
    body, directory = b"", b""
    for each in members:
        data = each.packed if each.packed is not None else deflated(each.content) if each.method == 8 else each.content
        crc = zlib.crc32(each.content) if each.crc is None else each.crc
        size = len(each.content) if each.listed_size is None else each.listed_size
        length = len(data) if each.listed_packed is None else each.listed_packed
        own = each.name if each.own_name is None else each.own_name
        offset = len(body) if each.at is None else each.at
        if each.at is None:
            fixed = (20, each.flags, each.method, 0, 0, crc, length, size, len(own), 0)
            body += struct.pack("<4s5H3L2H", b"PK\x03\x04", *fixed) + own + data
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 0x031E, 20, each.flags, each.method, 0, 0, crc, length, size,
            len(each.name), len(each.extra), 0, 0, 0, each.mode << 16, offset,
        ) + each.name + each.extra  # fmt: skip
    count = min(len(members), 0xFFFF)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    whole = body + directory + end
    return whole[: len(whole) - cut]


def made_by_python(**files: bytes) -> bytes:
    """A ZIP file as Python's own library makes it; names have dots for the last underscore."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(".".join(name.rsplit("_", 1)), content)
    return made.getvalue()


def source(content: bytes, name: str = "box.zip") -> Source:
    return Source(name, content)


def came_in(content: bytes, limits: Limits | None = None) -> dict[str, bytes]:
    """What comes in of a ZIP file, by name; each member is read as soon as it is told of."""
    found = ZipFile(limits or Limits()).members(source(content))
    return {each.name: each.content for each in found if isinstance(each, Source)}


def refused(content: bytes, limits: Limits | None = None) -> dict[str, str]:
    """What is refused of a ZIP file, and why."""
    found = ZipFile(limits or Limits()).members(source(content))
    return {each.name: each.reason for each in found if isinstance(each, RefusedMember)}


BEFORE = Member(b"before.txt", b"The first neighbour")
AFTER = Member(b"after.txt", b"The last neighbour")


def among_neighbours(*members: Member, **changes: object) -> bytes:
    """Members between two honest ones."""
    return packed(BEFORE, *(replace(each, **changes) if changes else each for each in members), AFTER)
