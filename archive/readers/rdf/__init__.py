"""Reads the linked data of Fonds itself: a dump (N-Triples, N-Quads) or the Turtle of a document.

An archive comes in again from its own dump, or from another's. What is read of each document is what its graph says, in
the words of docs/linked-data.md; the graphs of agents, units and the like between them are passed over, because the
documents say what they name. The file is gone through once, and each document let go when its draft is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.drafts import Draft, Field, Identity, RefusedPart, Value
from archive.readers.refused import BrokenSource
from archive.readers.source import Source

#: Bytes that are looked at to tell the notation.
_HEAD = 4096
_LINE = re.compile(rb"\s*(?:#[^\n]*\n\s*)*<[^<>\"{}|^`\\\x00-\x20]+>\s*<[^<>\"{}|^`\\\x00-\x20]+>\s*[<\"_]")
_PREFIXED = re.compile(rb"\s*(?:#[^\n]*\n\s*)*(?:@prefix|@base|PREFIX|BASE)\s+[^\n]*<", re.IGNORECASE)


class RdfReader:
    """Linked data of Fonds; see the module."""

    name = "rdf"
    version = "1"

    def recognises(self, source: Source) -> bool:
        """Whether the source begins like a line of N-Triples, or like Turtle with prefixes."""
        return bool(_notation(source))

    def read(self, source: Source) -> Iterator[Draft | RefusedPart]:
        """The documents of the file, in its order."""
        # With the parser, which a process that only recognises files has no need to load.
        from archive.readers.rdf.fields import fields_of
        from archive.readers.rdf.graphs import TooLarge, documents

        found = 0
        with source.open() as file:
            for each in documents(file, _notation(source), name=source.name):
                found += 1
                yield _refused(each.uri) if isinstance(each, TooLarge) else _draft(each.uri, fields_of(each))
        if not found:
            raise BrokenSource(
                f"{source.name} is RDF, and no document in it is described as Fonds does it (rico:Record, "
                "bibo:Document). Data of other systems come in as tables, Dublin Core or EAD3."
            )


def _notation(source: Source) -> str:
    """The media type of the notation; empty for what is none of these."""
    head = source.head(_HEAD)
    if _PREFIXED.match(head):
        return "text/turtle"
    return "application/n-quads" if _LINE.match(head) else ""  # every line of N-Triples is one of N-Quads


def _draft(uri: str, fields: Iterator[Field[Value]]) -> Draft:
    return Draft(Identity("url", uri), tuple(fields))


def _refused(uri: str) -> RefusedPart:
    return RefusedPart(uri, f"{uri} is described in more statements than any document needs.")
