"""Records and headers as XML, put together around the stored metadata without parsing it.

The stored bytes were made once, by a renderer, and are sent as they are; parsing and writing them anew for
each harvester takes thirty times as long as all the rest of an answer. Headers are not stored with them: they hold the
datestamp and the sets, which change apart from the metadata, and writing one takes a microsecond.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from typing import Any

from harvest.provider.about import abouts
from harvest.provider.datestamps import written
from harvest.provider.identifiers import identifier_of
from harvest.provider.rows import RowTuple, moment

HEADER, DELETED = "<header>", '<header status="deleted">'


def headers(rows: Iterable[RowTuple]) -> list[bytes]:
    """``<header>`` for each: identifier, datestamp and sets, and whether the record is deleted."""
    return [header.encode() for header, *_ in _headed(rows)]


def records(rows: Iterable[RowTuple]) -> list[bytes]:
    """``<record>`` for each, in pieces: the header and, unless it is deleted, the metadata and what is said of them."""
    rows = list(rows)
    pieces: list[bytes] = []
    for (header, deleted, content), about in zip(_headed(rows), abouts(rows), strict=True):
        if deleted:
            pieces.append(f"<record>{header}</record>".encode())
        else:
            end = b"</metadata>" + about + b"</record>"
            pieces += (f"<record>{header}<metadata>".encode(), content or b"", end)
    return pieces


def _headed(rows: Iterable[RowTuple]) -> Iterator[tuple[str, bool | int, bytes | None]]:
    """The loop that every record of every page goes through: what neighbours share is written once."""
    begin = f"<identifier>{escape(identifier_of(''), quote=False)}"
    latest: Any = None
    stamp = ""
    for at, _, identifier, sets, deleted, content in rows:
        if at != latest:
            latest, stamp = at, f"</identifier><datestamp>{written(moment(at))}</datestamp>"
        if not identifier.isalnum():
            identifier = escape(identifier, quote=False)
        yield f"{DELETED if deleted else HEADER}{begin}{identifier}{stamp}{_set_specs(sets)}</header>", deleted, content


@lru_cache(maxsize=4096)
def _set_specs(sets: str) -> str:
    return "".join(f"<setSpec>{escape(spec, quote=False)}</setSpec>" for spec in json.loads(sets))
