"""Reads the linked data of Fonds itself: a dump (N-Triples, N-Quads) or the Turtle of a document.

An archive comes in again from its own dump, or from another's. What is read of each document, and of each agent, unit
and so on that the file describes by itself, is what its graph says, in the words of docs/linked-data.md. The file is
gone through once, and each graph let go when its draft is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.drafts import Draft, Identity, RefusedPart, ThingDraft, UnitDraft
from archive.readers.refused import BrokenSource
from archive.readers.source import Source

#: Bytes that are looked at to tell the notation.
_HEAD = 4096
_LINE = re.compile(rb"\s*(?:#[^\n]*\n\s*)*<[^<>\"{}|^`\\\x00-\x20]+>\s*<[^<>\"{}|^`\\\x00-\x20]+>\s*[<\"_]")
_PREFIXED = re.compile(rb"\s*(?:#[^\n]*\n\s*)*(?:@prefix|@base|PREFIX|BASE)\s+[^\n]*<", re.IGNORECASE)


class RdfReader:
    """Linked data of Fonds; see the module."""

    name = "rdf"
    version = "2"

    def recognises(self, source: Source) -> bool:
        """Whether the source begins like a line of N-Triples, or like Turtle with prefixes."""
        return bool(_notation(source))

    def read(self, source: Source) -> Iterator[Draft | UnitDraft | ThingDraft | RefusedPart]:
        """What the file describes, in its order; what stands above an archival unit before it."""
        # With the parser, which a process that only recognises files has no need to load.
        from archive.readers.rdf.fields import fields_of
        from archive.readers.rdf.graphs import TooLarge, graphs
        from archive.readers.rdf.pages import pages_of
        from archive.readers.rdf.things import drafts_of_thing

        found = 0
        units: set[int] = set()
        with source.open() as file:
            for each in graphs(file, _notation(source), name=source.name):
                if isinstance(each, TooLarge):
                    drafts: Iterable[Draft | UnitDraft | ThingDraft | RefusedPart] = (_refused(each.uri),)
                elif each.is_document:
                    pages = pages_of(each, source)
                    drafts = (Draft(Identity("url", each.uri), (*fields_of(each), *pages.fields), (), pages.notices),)
                else:
                    drafts = drafts_of_thing(each, units)
                for draft in drafts:
                    found += 1
                    yield draft
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


def _refused(uri: str) -> RefusedPart:
    return RefusedPart(uri, f"{uri} is described in more statements than any document needs.")
