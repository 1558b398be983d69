"""The scans of a document: files that came along with its description, known by their bytes.

Nothing is fetched. A page whose file is not there keeps its number, and is named in a notice.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass

from archive.drafts import Box, Field, Line, Notice, Page, Value, Word
from archive.readers.rdf.graphs import Graph
from archive.readers.rdf.words import BIBO, DERIVED, RDF_VALUE, RICO
from archive.readers.source import Source

_HASHED = "ni:///sha-256;"
#: More pages than a document has.
MOST = 10_000
#: More pages than lack in a document: a single statement must not make thousands of them.
LACKING = 1000
#: A page that is told of by its number alone. They are many, and one object.
_BLANK: Field[Value] = Field(Page(""), "")


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a document, and what an archivist should know of those that lack."""

    fields: tuple[Field[Value], ...] = ()
    notices: tuple[Notice, ...] = ()


def pages_of(graph: Graph, source: Source) -> Pages:
    """The pages that the graph tells of; those that have no number in it are there without an image."""
    parts = {number: node for number, node in graph.parts("page") if number}
    told = {number: node for count, (number, node) in enumerate(parts.items()) if number <= min(MOST, count + LACKING)}
    checksums = {number: _checksum(graph.words(node, DERIVED)) for number, node in told.items()}
    # A PDF has hundreds of pages, and is looked for once.
    images = {each: source.with_checksum(each) for each in dict.fromkeys(checksums.values()) if each}
    fields = [_BLANK] * max(told, default=0)
    for number, node in told.items():
        image = images.get(checksums[number])
        fields[number - 1] = Field(_page(graph, node, image.name if image else ""), "", None, node)
    lacking = [each for each in checksums.values() if each and images[each] is None]
    return Pages(tuple(fields), tuple(_notices(lacking, left_out=len(parts) - len(told))))


def _notices(lacking: list[str], *, left_out: int) -> Iterator[Notice]:
    """What an archivist should know; ``lacking`` are the checksums of the pages that have no image."""
    if lacking:
        yield Notice(
            f"{len(lacking)} page images did not come along. Hand in the {len(set(lacking))} files that they were made "
            f"from together with this one, under any name; the SHA-256 of the first is {lacking[0]}."
        )
    if left_out:
        yield Notice(
            f"{left_out} pages are left out: their numbers are above {MOST:,}, or more than {LACKING:,} numbers before "
            "them have no page."
        )


def _page(graph: Graph, node: str, file: str) -> Page:
    place = graph.words(node, BIBO + "locator")
    return Page(
        file=file,
        place=max(0, _number(place) - 1),
        width=_number(graph.words(node, RICO + "width")),
        height=_number(graph.words(node, RICO + "height")),
        lines=_lines(graph.words(node, RDF_VALUE)),
    )


def _checksum(name: str) -> str:
    """SHA-256 in hexadecimal by the name of the bytes (RFC 6920, section 3); empty for another name."""
    if not name.startswith(_HASHED):
        return ""
    try:
        return base64.urlsafe_b64decode(name.removeprefix(_HASHED) + "=").hex()
    except (binascii.Error, ValueError):
        return ""


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0


def _lines(said: str) -> tuple[Line, ...]:
    """The lines of a page as archive.lod.pages writes them; what is not such a line is passed over."""
    try:
        told = json.loads(said) if said else []
    except (ValueError, RecursionError):
        return ()
    lines = []
    for each in told if isinstance(told, list) else ():
        match each:
            case [str(text), *box] if (placed := _box(box[:4])) is not None:
                words = box[4] if len(box) > 4 and isinstance(box[4], list) else []
                lines.append(Line(text, placed, tuple(word for every in words if (word := _word(every)))))
    return tuple(lines)


def _word(told: object) -> Word | None:
    match told:
        case [str(text), *box] if (placed := _box(box)) is not None:
            return Word(text, placed)
    return None


def _box(told: list[object]) -> Box | None:
    match told:
        case [int(x), int(y), int(width), int(height)] if all(0 <= n < 1_000_000 for n in (x, y, width, height)):
            return x, y, width, height
    return None
