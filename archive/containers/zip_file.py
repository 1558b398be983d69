"""ZIP files: members come in one by one, whatever is wrong with those beside them.

Spreadsheets, text documents and e-books are ZIP files too. They are sources, and are left to their readers.
"""

from __future__ import annotations

import io
import stat
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from archive.containers import names
from archive.containers.base import RefusedMember
from archive.containers.encodings import decoded, usual_encoding
from archive.containers.limits import SMALL, Limits
from archive.containers.unpacking import DEFLATED, STORED, Unpacking
from archive.containers.zip_directory import Entry, data_start, entries
from archive.readers.refused import BrokenSource, HostileSource, SourceRefused
from archive.readers.source import CHUNK, Source

_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
#: By these members a file is an Office Open XML document (ECMA-376 part 2) or a Java archive.
_DOCUMENT_PARTS = frozenset({b"[Content_Types].xml", b"META-INF/MANIFEST.MF"})
#: The first member of OpenDocument (part 2, section 3.3) and EPUB files: its name, and what it says, at fixed places.
_DOCUMENT_TYPE = b"mimetypeapplication/"
#: Method names for messages (APPNOTE, 4.4.5).
_METHODS = {9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "xz", 98: "PPMd", 99: "AES encryption"}
_KINDS = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry under the name that it is known by. ``problem`` says why it cannot come in, if it cannot."""

    entry: Entry
    name: str
    encoding: str = "utf-8"
    problem: str = ""

    @property
    def furniture(self) -> bool:
        """Whether it is passed over."""
        return names.is_furniture(self.name)


def is_zip(source: Source) -> bool:
    """Whether a source is a ZIP file, and not a document of another kind in the form of one."""
    head = source.head(len(_DOCUMENT_TYPE) + 30)
    if not head.startswith(_MARKS) or head[30:] == _DOCUMENT_TYPE:
        return False
    try:
        with source.open() as file:
            return not any(each.raw_name in _DOCUMENT_PARTS for each in entries(file, name="", most=1000))
    except SourceRefused:
        return True  # broken or too large, which ``members`` says
    except (OSError, ValueError):
        return False


class ZipFile:
    """ZIP files (PKWARE APPNOTE 6.3.10), of members that are stored or deflated."""

    name = "zip"
    version = "1"

    def __init__(self, limits: Limits) -> None:
        self.limits = limits

    def recognises(self, source: Source) -> bool:
        """Whether the source is a ZIP file that holds other sources."""
        return is_zip(source)

    def members(self, source: Source) -> Iterator[Source | RefusedMember]:
        """What the ZIP file holds, each read through once before it is yielded.

        :raises BrokenSource: the file is cut off or its directory damaged.
        :raises HostileSource: it holds too many members, or too much altogether.
        """
        for each in self.listed(source):
            if each.problem:
                yield RefusedMember(names.printable(each.name), each.problem)
            elif not each.furniture:
                yield self.checked(source, each)

    def remarks(self, source: Source) -> Iterator[str]:
        """What an archivist should know of the ZIP file as a whole; each thing is said once.

        :raises SourceRefused: as ``members``.
        """
        listed = self.listed(source)
        passed_over = [each.name for each in listed if each.furniture and not each.problem]
        if passed_over:
            first = names.printable(passed_over[0])
            yield f"{len(passed_over)} files that a system keeps for itself were passed over, the first is {first}."
        for encoding in sorted({each.encoding for each in listed if not each.problem} - {"ascii", "utf-8"}):
            read = [each.name for each in listed if each.encoding == encoding]
            yield f"{len(read)} names do not say how they are encoded and were read as {encoding}, such as {read[0]}."

    def listed(self, source: Source) -> Sequence[Listed]:
        """The members, without folders, each with what is wrong with it as far as the directory tells.

        :raises SourceRefused: as ``members``.
        """
        with source.open() as file:
            most, said = self.limits.members, self.limits.said
            listed = [each for each in entries(file, name=source.name, most=most, said=said) if not each.is_folder]
            usual = usual_encoding(each.raw_name for each in listed if not _in_utf8(each))
            found = [self._listed(each, usual) for each in listed]
            overlapping = _overlapping(file, [each.entry for each in found])
        often = Counter(names.normal(each.name) for each in found)
        result = [self._among(each, often, overlapping) for each in found]
        total = sum(each.entry.size for each in result if not each.problem)
        if total > self.limits.size:
            raise HostileSource(
                f"{source.name} holds {total:,} bytes unpacked; this site takes at most {self.limits.size:,} from one "
                f"container{self.limits.said}. Hand it in as several smaller ones."
            )
        return result

    def checked(self, source: Source, listed: Listed) -> Source | RefusedMember:
        """A member as a source, once all its bytes were seen to be right."""
        entry = listed.entry

        def opening() -> BinaryIO:
            file = source.open()
            start = data_start(file, entry)
            if start is None:
                file.close()
                raise BrokenSource(f"{listed.name} is not where the directory of {source.name} says.")
            return io.BufferedReader(Unpacking(file, entry, start, name=listed.name), CHUNK)

        try:
            with opening() as file:
                while file.read(CHUNK):
                    pass
        except (BrokenSource, OSError, ValueError, zlib.error) as error:
            return RefusedMember(listed.name, str(error))
        return Source(listed.name, opening=opening, size=entry.size)

    def _listed(self, entry: Entry, usual: str) -> Listed:
        try:
            name, encoding = _name(entry, usual)
        except UnicodeDecodeError as error:
            shown = names.shown(entry.raw_name)
            return Listed(entry, shown, problem=f"{shown}: its name says that it is UTF-8 and is not ({error.reason}).")
        return Listed(entry, name, encoding, self._problem(entry, name))

    def _problem(self, entry: Entry, name: str) -> str:
        """Why the directory alone says that a member cannot come in; empty if it does not."""
        why = ""
        try:
            names.refuse_unsafe(name)
            why = _kind_problem(entry) or self._size_problem(entry)
        except names.NameRefused as refused:
            why = str(refused)
        return f"{names.printable(name)}: {why}." if why else ""

    def _size_problem(self, entry: Entry) -> str:
        if entry.size > self.limits.member_size:
            return f"it has {entry.size:,} bytes unpacked; this site takes files of at most {self.limits.member_size:,}"
        if entry.size > SMALL and entry.size > entry.packed * self.limits.ratio:
            return (
                f"it unpacks to {entry.size:,} bytes from {entry.packed:,}, more than {self.limits.ratio} times as "
                "many, as files made to fill a disk do. If it is an honest one, hand it in unpacked"
            )
        if entry.method == STORED and entry.packed != entry.size:
            return f"it is not packed, and yet {entry.size:,} bytes long and {entry.packed:,}"
        return ""

    def _among(self, listed: Listed, often: Counter[str], overlapping: frozenset[int]) -> Listed:
        """The member among the others: nobody can tell which of two by one name is meant, or what overlaps."""
        if listed.problem or listed.furniture:
            return listed
        shown = names.printable(listed.name)
        if (times := often[names.normal(listed.name)]) > 1:
            problem = f"{shown}: {times} members have this name, and nothing tells which is meant."
        elif listed.entry.offset in overlapping:
            problem = f"{shown}: its bytes overlap those of another member, as in files made to fill a disk."
        else:
            return listed
        return Listed(listed.entry, listed.name, listed.encoding, problem)


def _in_utf8(entry: Entry) -> bytes:
    """The name in UTF-8, where one is declared; else nothing."""
    if entry.says_utf8:
        return entry.raw_name
    added = entry.unicode_name
    # APPNOTE 4.6.9: version 1, then the checksum of the name that this one stands for.
    own = added[:1] == b"\x01" and int.from_bytes(added[1:5], "little") == zlib.crc32(entry.raw_name)
    return added[5:] if own else b""


def _name(entry: Entry, usual: str) -> tuple[str, str]:
    """The name of a member, and the encoding it was read by.

    :raises UnicodeDecodeError: it says that it is UTF-8 and is not.
    """
    declared = _in_utf8(entry)
    return (declared.decode("utf-8"), "utf-8") if declared else decoded(entry.raw_name, usual=usual)


def _kind_problem(entry: Entry) -> str:
    if kind := _KINDS.get(stat.S_IFMT(entry.mode)):
        return f"it is {kind}, not a file"
    if entry.encrypted:
        return "it is encrypted. Pack it without a password and hand it in again"
    if entry.method not in (STORED, DEFLATED):
        method = _METHODS.get(entry.method, f"method {entry.method}")
        return f"it is packed by {method}, which we cannot read. Pack it as most programs do (deflate)"
    return ""


def _overlapping(file: BinaryIO, found: Sequence[Entry]) -> frozenset[int]:
    """Where members begin that share bytes with another; of honest archives, none."""
    overlapping: set[int] = set()
    reached, before = -1, -1
    for entry in sorted(found, key=lambda each: each.offset):
        if entry.offset < reached:
            overlapping |= {entry.offset, before}
        start = data_start(file, entry)
        end = (entry.offset if start is None else start) + entry.packed
        if end > reached:
            reached, before = end, entry.offset
    return frozenset(overlapping)
