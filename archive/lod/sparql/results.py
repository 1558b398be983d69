"""Results: rows of a SELECT, and the yes or no of an ASK, in the four notations of SPARQL 1.1.

Written row by row, because the library writes either all rows or none. Runs in the process of one question; knows
neither Django nor the rest of the archive.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode

STRING = "http://www.w3.org/2001/XMLSchema#string"
Row = Sequence[Any]


class TooLargeError(Exception):
    """The result has more bytes than a result may have."""


class Page:
    """What is written so far, up to a limit in bytes."""

    def __init__(self, limit: int) -> None:
        self.content = bytearray()
        self._limit = limit

    def write(self, more: bytes) -> int:
        """Add to it, as to a file.

        :raises TooLargeError: it is full.
        """
        if len(self.content) + len(more) > self._limit:
            raise TooLargeError
        self.content += more
        return len(more)

    def flush(self) -> None:
        """Nothing to do; files have it."""


def to_json(names: Sequence[str], rows: Iterable[Row], page: Page) -> None:
    """SPARQL 1.1 Query Results JSON Format."""
    page.write(b'{"head":{"vars":' + _json(list(names)) + b'},"results":{"bindings":[')
    for number, row in enumerate(rows):
        bound = {name: _as_json(term) for name, term in zip(names, row, strict=True) if term is not None}
        page.write((b",\n" if number else b"\n") + _json(bound))
    page.write(b"\n]}}\n")


def to_xml(names: Sequence[str], rows: Iterable[Row], page: Page) -> None:
    """SPARQL Query Results XML Format."""
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    page.write(_XML_HEAD + f"<head>{head}</head><results>\n".encode())
    for row in rows:
        bound = zip(names, row, strict=True)
        cells = "".join(f"<binding name={quoteattr(n)}>{_as_xml(t)}</binding>" for n, t in bound if t is not None)
        page.write(f"<result>{cells}</result>\n".encode())
    page.write(b"</results></sparql>\n")


def to_csv(names: Sequence[str], rows: Iterable[Row], page: Page) -> None:
    """SPARQL 1.1 Query Results CSV Format: values without their types."""
    page.write(_csv(names))
    for row in rows:
        page.write(_csv([_plain(term) for term in row]))


def to_tsv(names: Sequence[str], rows: Iterable[Row], page: Page) -> None:
    """SPARQL 1.1 Query Results TSV Format: terms as in Turtle."""
    page.write(("\t".join(f"?{name}" for name in names) + "\n").encode())
    for row in rows:
        page.write(("\t".join("" if t is None else str(t).replace("\t", "\\t") for t in row) + "\n").encode())


WRITERS = {"json": to_json, "xml": to_xml, "csv": to_csv, "tsv": to_tsv}


def yes_or_no(answer: bool, notation: str) -> bytes:
    """The answer to an ASK; CSV and TSV have no form for it, and say it in one word."""
    said = "true" if answer else "false"
    if notation == "json":
        return f'{{"head":{{}},"boolean":{said}}}\n'.encode()
    if notation == "xml":
        return _XML_HEAD + f"<head/><boolean>{said}</boolean></sparql>\n".encode()
    return f"{said}\n".encode()


_XML_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _as_json(term: Any) -> dict[str, Any]:
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Literal() if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        case Literal() if term.datatype.value != STRING:
            return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
        case Literal():
            return {"type": "literal", "value": term.value}
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _as_json(part) for name, part in parts.items()}}


def _as_xml(term: Any) -> str:
    match term:
        case NamedNode():
            return f"<uri>{_text(term.value)}</uri>"
        case BlankNode():
            return f"<bnode>{_text(term.value)}</bnode>"
        case Literal():
            kind = f" datatype={quoteattr(term.datatype.value)}" if term.datatype.value != STRING else ""
            kind = f" xml:lang={quoteattr(term.language)}" if term.language else kind
            return f"<literal{kind}>{_text(term.value)}</literal>"
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    inner = "".join(f"<{name}>{_as_xml(part)}</{name}>" for name, part in parts.items())
    return f"<triple>{inner}</triple>"


def _text(value: str) -> str:
    """Text for XML 1.0, which cannot write most control characters (section 2.2)."""
    writable = "".join(each if each >= " " or each in "\t\n\r" else "\ufffd" for each in value)
    return escape(writable, {"\r": "&#13;"})


def _csv(cells: Sequence[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode()


def _plain(term: Any) -> str:
    if term is None:
        return ""
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
