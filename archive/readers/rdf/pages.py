"""The scans of a document: files that came along with its description, known by their bytes.

Nothing is fetched. A page whose file is not there keeps its number, and is named in a notice.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from archive.drafts import Box, Field, Line, Notice, Page, Value, Word
from archive.readers.rdf.fields import BIBO, DERIVED, RDF_VALUE, RICO
from archive.readers.rdf.graphs import Graph
from archive.readers.source import Source

_HASHED = "ni:///sha-256;"
#: More pages than a document has.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a document, and what an archivist should know of those that lack."""

    fields: tuple[Field[Value], ...] = ()
    notices: tuple[Notice, ...] = ()


def pages_of(graph: Graph, source: Source) -> Pages:
    """The pages that the graph tells of; those that have no number in it are there without an image."""
    told = {number: node for number, node in graph.parts("page") if number <= MOST}
    fields: list[Field[Value]] = []
    lacking = []
    for number in range(1, max(told, default=0) + 1):
        node = told.get(number, "")
        checksum = _checksum(graph.words(node, DERIVED)) if node else ""
        image = source.with_checksum(checksum) if checksum else None
        if checksum and image is None:
            lacking.append(checksum)
        fields.append(Field(_page(graph, node, image.name if image else ""), "", None, node))
    if not lacking:
        return Pages(tuple(fields))
    files = len(set(lacking))
    message = (
        f"{len(lacking)} page images did not come along. Hand in the {files} files that they were made from together "
        f"with this one, under any name; the SHA-256 of the first is {lacking[0]}."
    )
    return Pages(tuple(fields), (Notice(message),))


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
