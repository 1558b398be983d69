"""XML read as a stream, and without what makes XML dangerous.

No document type declaration, so no entity but the five of XML itself: nothing expands, and nothing is fetched from a
disk or a network. No depth beyond 256 elements and no text of more than 10 million characters, which are the
parser's own limits. No part that is kept in memory while more than ``LARGEST_PART`` bytes are read: a reader that
lets go of each part when it has done with it reads files of any size in the memory of the largest part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any, BinaryIO
from xml.parsers import expat

from lxml import etree

from archive.readers.refused import BrokenSource, HostileSource, WrongEncoding
from archive.readers.source import BEGINNING, Source

#: Bytes that may be read from one release to the next.
LARGEST_PART = 64 * 1024 * 1024
#: Bytes within which the root element has to begin.
LARGEST_PROLOG = 256 * 1024
#: XML_ERR_RESOURCE_LIMIT of libxml2: too deep, or too long a text.
_LIMIT = 114
_CHUNK = 16 * 1024
#: Bytes that may stand before the first ``<`` of XML: white space, the marks of UTF-8 and UTF-16, zeros of UTF-16.
_BEFORE_XML = b" \t\r\n\xef\xbb\xbf\xfe\xff\x00"
_PLACE = re.compile(r",? line [0-9]+, column [0-9]+.*|, (?:try|use) XML_PARSE_HUGE.*", re.DOTALL)
_ENCODINGS = (18, 19, 30)  # XML_ERROR_UNKNOWN_ENCODING, XML_ERROR_INCORRECT_ENCODING, XML_ERROR_TEXT_DECL


class Parts(Iterator[tuple[str, etree._Element]]):
    """The events of a source's elements, one ``(event, element)`` at a time, as lxml's ``iterparse`` tells them.

    :raises HostileSource: as the module says; also while it is gone through.
    :raises BrokenSource: the source is not well-formed; the message names line and column. The parts that were
        whole before have come.
    :raises WrongEncoding: the encoding that the source names is none that XML parsers know.
    """

    def __init__(self, source: Source, *tags: str, events: tuple[str, ...] = ("end",)) -> None:
        check_prolog(source)
        self._source = source
        self._file = _Metered(source.open())
        self._events: Any = etree.iterparse(  # lxml-stubs know neither its events nor its log
            self._file,
            events=events,
            tag=tags or None,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            collect_ids=False,  # a table of them would hold on to what was let go
            remove_comments=True,
            remove_pis=True,
        )

    def __next__(self) -> tuple[str, etree._Element]:
        try:
            part: tuple[str, etree._Element] = next(self._events)
        except StopIteration:
            self._file.close()
            raise
        except etree.XMLSyntaxError as error:
            self._file.close()
            raise self._end_at(error) from None
        if self._file.metered > LARGEST_PART:
            self._file.close()
            raise HostileSource(
                f"{self._source.name} has a part of more than {LARGEST_PART // 1024 // 1024} MB. "
                "No honest document is as large: look at what the file holds, and hand it in in parts."
            )
        return part

    def _end_at(self, error: etree.XMLSyntaxError) -> Exception:
        """The refusal; none where two elements have one xml:id, which is invalid but well-formed."""
        log = self._events.error_log  # that of the exception holds what other files did wrong too
        faults = [each for each in log if each.type != etree.ErrorTypes.DTD_ID_REDEFINED]
        if not faults and getattr(error, "code", 0) == etree.ErrorTypes.DTD_ID_REDEFINED:
            return StopIteration()
        return _refusal(self._source, faults[0] if faults else None)

    def release(self, element: etree._Element) -> None:
        """Let go of an element and of all that stands before it; only the elements around it stay."""
        element.clear(keep_tail=True)  # type: ignore[call-arg]  # the parser is ahead of its events: the text after it may be there
        above: etree._Element | None = element
        while above is not None:
            parent = above.getparent()
            if parent is not None:
                del parent[: parent.index(above)]
            above = parent
        self._file.metered = 0


def iterparse(source: Source, *tags: str, events: tuple[str, ...] = ("end",)) -> Parts:
    """The elements of these tags (``{namespace}name``; all if none is named), each when it is whole."""
    return Parts(source, *tags, events=events)


@lru_cache(maxsize=1)
def root_of(source: Source) -> str:
    """The root element's ``{namespace}name``, or its name where it has no namespace; empty for what is no XML.

    Where a document type declaration cannot be got over, the root element that it announces. One reader after the
    other asks for that of the same source.
    """
    if source.head(BEGINNING).lstrip(_BEFORE_XML)[:1] not in (b"<", b""):
        return ""
    found: list[str] = []
    announced: list[str] = []
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = lambda name, *_: announced.append(name)
    parser.StartElementHandler = lambda name, _: found.append(name)
    with suppress(expat.ExpatError, LookupError, ValueError):
        for chunk in _chunks(source):
            parser.Parse(chunk, False)
            if found:
                break
    name = next(iter((*found, *announced)), "")
    return f"{{{name}" if "}" in name else name


def _chunks(source: Source) -> Iterator[bytes]:
    with source.open() as file:
        for _ in range(LARGEST_PROLOG // _CHUNK):
            chunk = file.read(_CHUNK)
            if not chunk:
                return
            yield chunk


class _Metered:
    """A file that counts what was read from it since somebody last looked."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.metered = 0

    def read(self, size: int = -1) -> bytes:
        if self.metered > LARGEST_PART:
            return b""  # the parser stops here; who asks for the next part is told why
        chunk = self._file.read(size)
        self.metered += len(chunk)
        return chunk

    def close(self) -> None:
        self._file.close()


class _Prolog(Exception):  # noqa: N818 - no error: it ends the reading of the prolog
    """The root element has begun."""


def check_prolog(source: Source) -> None:
    """Let a source pass whose root element begins without a document type declaration before it.

    Another parser than the one that reads the document, because it can stop before it has taken in the declaration.

    :raises HostileSource: there is such a declaration.
    :raises BrokenSource: no element begins.
    :raises WrongEncoding: as ``Parts``.
    """

    def declared(name: str, *_: object) -> None:
        line = parser.CurrentLineNumber
        raise HostileSource(
            f"{source.name} has a document type declaration (<!DOCTYPE {name}> in line {line}). Files with one can "
            "bring in other files or grow without end, so we read none. Take it out, write out the entities that it "
            "declares, and hand the file in again."
        )

    def begun(*_: object) -> None:
        raise _Prolog

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        for chunk in _chunks(source):
            parser.Parse(chunk, False)
    except _Prolog:
        return
    except expat.ExpatError as error:
        raise _refusal_of_prolog(source, error) from None
    except (LookupError, ValueError) as error:
        raise WrongEncoding(
            f"{source.name} names an encoding that we cannot read: {error}. Save it as UTF-8."
        ) from None
    raise BrokenSource(f"{source.name} is not well-formed XML: no element begins in its first {LARGEST_PROLOG} bytes.")


def _refusal_of_prolog(source: Source, error: expat.ExpatError) -> BrokenSource | WrongEncoding:
    reason = expat.ErrorString(error.code)
    place = f"line {error.lineno}, column {error.offset + 1}"
    if error.code in _ENCODINGS:
        return WrongEncoding(f"{source.name} cannot be decoded: {reason}, {place}. Save it as UTF-8.")
    return BrokenSource(f"{source.name} is not well-formed XML: {reason}, {place}. Mend it there.")


def _refusal(source: Source, fault: Any) -> BrokenSource | HostileSource:
    """The refusal for an entry of the parser's log; None where the parser stopped without one."""
    place = f"line {fault.line}, column {fault.column}" if fault else "at its end"
    reason = _PLACE.sub("", fault.message).strip() if fault else "it breaks off"
    if fault and fault.type == _LIMIT:
        return HostileSource(
            f"{source.name} is built to exhaust who reads it: {reason}, {place}. "
            "No honest document is as deep or has as long a stretch of text."
        )
    return BrokenSource(
        f"{source.name} is not well-formed XML: {reason}, {place}. What stands before is read; "
        "mend the file there and hand it in again."
    )
