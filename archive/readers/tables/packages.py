"""What XLSX and ODS have in common: a ZIP file of XML, looked over before any of it is read.

A first pass over the bytes refuses what would take memory later: parts larger than honest ones, document types
(of which entity bombs are made), and words without end between two marks.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from archive.readers.refused import BrokenSource, HostileSource
from archive.readers.source import CHUNK, Source
from archive.readers.tables.cells import ROW_LIMIT

ZIP = b"PK\x03\x04"
#: Bytes of all parts together, unpacked. The largest sheet there can be, full of short words, stays below.
UNPACKED_LIMIT = 1024 * 1024 * 1024
#: Bytes of the words that cells share, all of which are held in memory.
SHARED_LIMIT = 128 * 1024 * 1024
MEMBER_LIMIT = 10_000
#: Bytes from one row to the next: a letter has at most four, and marks take less than words.
ROW_BYTES = 4 * ROW_LIMIT

#: What ZIP, XML and cells that are against their format raise.
DAMAGE = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError),
    *(SyntaxError, LookupError, ValueError, TypeError, AttributeError, OverflowError),
)
#: What ends a row, or words that cells share.
_ROW_END = re.compile(rb"</(?:\w{1,9}:)?(?:table-row|row|si)>|<(?:\w{1,9}:)?(?:table-row|row)\b[^<>]{0,999}/>")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
#: XML in UTF-16 would hide what is looked for.
_UTF_16 = re.compile(rb"\xff\xfe|\xfe\xff|<\x00|\x00<")


@contextmanager
def damages(source: Source) -> Iterator[None]:
    """Turn what a damaged package makes the libraries say into a refusal; they have no error of their own for it."""
    try:
        yield
    except DAMAGE as error:
        raise BrokenSource(
            f"{source.name} is a damaged spreadsheet: {str(error)[:200]}. Open it in a spreadsheet program, save it "
            "and hand it in again."
        ) from error


@contextmanager
def package(source: Source) -> Iterator[zipfile.ZipFile]:
    """The ZIP file that a source is.

    :raises BrokenSource: where it is cut off or damaged, also while it is read.
    """
    with source.open() as file, damages(source), zipfile.ZipFile(file) as archive:
        yield archive


def holds(source: Source, member: str) -> bool:
    """Whether a source is a ZIP file with a part of this name."""
    if source.head(4) != ZIP:
        return False
    try:
        with package(source) as archive:
            return member in archive.namelist()
    except BrokenSource:
        return False


def refuse_hostile(source: Source, archive: zipfile.ZipFile, parts: Iterator[str]) -> None:
    """Let a package pass of which the parts can be read in bounded memory.

    :raises HostileSource: naming the part that cannot.
    """
    members = archive.infolist()
    unpacked = sum(each.file_size for each in members)
    if len(members) > MEMBER_LIMIT or unpacked > UNPACKED_LIMIT:
        raise HostileSource(
            f"{source.name} unpacks to {unpacked:,} bytes in {len(members):,} parts; a spreadsheet may have at most "
            f"{UNPACKED_LIMIT:,} in {MEMBER_LIMIT:,}."
        )
    for part in parts:
        _refuse_part(source, archive, part)


def _refuse_part(source: Source, archive: zipfile.ZipFile, part: str) -> None:
    """Go through a part, unpacked, and refuse what no spreadsheet program writes."""
    if part.endswith("sharedStrings.xml") and archive.getinfo(part).file_size > SHARED_LIMIT:
        raise HostileSource(f"{source.name}: the words of its cells have more than {SHARED_LIMIT:,} bytes together.")
    run, before = 0, b""
    for chunk in chunks(archive, part):
        if not before and _UTF_16.match(chunk):
            raise HostileSource(f"{source.name}: {part} is not in UTF-8, as spreadsheet programs write it.")
        if _DECLARATION.search(before + chunk):
            raise HostileSource(f"{source.name} declares a document type in {part}, which no spreadsheet program does.")
        ends = [match.end() for match in _ROW_END.finditer(chunk)]
        if run + (ends[0] if ends else len(chunk)) > ROW_BYTES:
            raise HostileSource(f"{source.name} has a row or a cell of more than {ROW_LIMIT:,} characters in {part}.")
        run = len(chunk) - ends[-1] if ends else run + len(chunk)
        before = chunk[-16:]


def chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part, unpacked piece by piece."""
    with archive.open(part) as file:
        yield from iter(lambda: file.read(CHUNK), b"")


def is_xml(archive: zipfile.ZipFile, part: str) -> bool:
    """Whether a part would be read as XML: by its name, or by how it begins, for a package may call it anything."""
    if part.endswith((".xml", ".rels")):
        return True
    with archive.open(part) as file:
        return file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"<", b"\xff\xfe", b"\xfe\xff"))
