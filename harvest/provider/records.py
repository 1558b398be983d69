"""Records and headers as XML, put together around the stored metadata without parsing it.

The stored bytes were made once, by a renderer, and are sent as they are; parsing and writing them anew for
each harvester takes thirty times as long as all the rest of an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from harvest.provider.about import abouts
from harvest.provider.datestamps import written
from harvest.provider.identifiers import identifier_of
from harvest.provider.store import Row


def headers(rows: Iterable[Row]) -> Iterator[bytes]:
    """``<header>`` for each: identifier, datestamp and sets, and whether the record is deleted."""
    prefix = identifier_of("")  # once for all: it asks the settings
    for row in rows:
        status = ' status="deleted"' if row.deleted else ""
        specs = "".join(f"<setSpec>{escape(spec, quote=False)}</setSpec>" for spec in row.sets)
        yield (
            f"<header{status}><identifier>{escape(prefix + row.identifier, quote=False)}</identifier>"
            f"<datestamp>{written(row.key.changed_at)}</datestamp>{specs}</header>"
        ).encode()


def records(rows: Iterable[Row]) -> Iterator[bytes]:
    """``<record>`` for each, in pieces: the header and, unless it is deleted, the metadata and what is said of them."""
    rows = list(rows)
    for header, row, about in zip(headers(rows), rows, abouts(rows), strict=True):
        if row.deleted:
            yield b"<record>" + header + b"</record>"
        else:
            yield b"<record>" + header + b"<metadata>"
            yield row.content
            yield b"</metadata>" + about + b"</record>"
