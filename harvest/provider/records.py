"""Records and headers as XML, put together around the stored metadata without parsing it.

The stored bytes were made once, by a renderer, and are sent as they are; parsing and writing them anew for
each harvester takes thirty times as long as all the rest of an answer. Headers are not stored with them: they hold the
datestamp and the sets, which change apart from the metadata, and writing one takes half a microsecond.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import chain, groupby
from typing import Any

from harvest.provider.about import endings
from harvest.provider.identifiers import identifier_of
from harvest.provider.rows import Found

#: What no identifier has in it, because no database takes it and no XML carries it.
BETWEEN = "\0"


def headers(found: Found) -> list[bytes]:
    """``<header>`` for each, in pieces: identifier, datestamp and sets, and whether the record is deleted."""
    return _in_order(found, _headers)


def records(found: Found) -> list[bytes]:
    """``<record>`` for each, in pieces: the header and, unless it is deleted, the metadata and what is said of them."""
    return _in_order(found, _records)


#: What rows have at each place, row after row: the columns of a table.
Columns = tuple[Sequence[Any], ...]


def _in_order(found: Found, written: Callable[[Found, Columns, bool], list[bytes]]) -> list[bytes]:
    """All pieces, run by run: of neighbours that are deleted, and of neighbours that are not.

    Every record of every page comes through here. What a run has in common is written once, and the rest goes by
    columns, which takes a third of the time of a loop over the records.
    """
    if not found.rows:
        return []
    columns: Columns = tuple(zip(*found.rows))  # noqa: B905 - the rows have one length
    if all(columns[-1]):
        return written(found, columns, False)
    runs = ((deleted, list(run)) for deleted, run in groupby(found.rows, lambda row: not row[-1]))
    return list(
        chain.from_iterable(
            written(found._replace(rows=run), tuple(zip(*run)), deleted)  # noqa: B905
            for deleted, run in runs
        )
    )


def _headers(run: Found, columns: Columns, deleted: bool) -> list[bytes]:
    return _interleaved(_begin("", deleted=deleted), _headed(columns, HEADER), b"", len(run.rows))


def _records(run: Found, columns: Columns, deleted: bool) -> list[bytes]:
    begin = _begin("<record>", deleted=deleted)
    if deleted:
        return _interleaved(begin, _headed(columns, DELETED_RECORD), b"", len(run.rows))
    return _interleaved(begin, (*_headed(columns, RECORD), columns[-1]), endings(run), len(run.rows))


def _begin(before: str, *, deleted: bool) -> bytes:
    """How each begins, to where its name stands."""
    status = ' status="deleted"' if deleted else ""
    return f"{before}<header{status}><identifier>{escape(identifier_of(''), quote=False)}".encode()


def _headed(columns: Columns, set_specs: SetSpecs) -> tuple[Iterable[bytes], ...]:
    """Headers by columns: the names, the datestamps, and the sets with what follows."""
    ats, sets, _, names, _ = columns
    named = escape(BETWEEN.join(names), quote=False).encode().split(BETWEEN.encode())
    return named, map(Stamps().__getitem__, ats), map(set_specs.__getitem__, sets)


def _interleaved(
    begin: bytes, columns: Sequence[Iterable[bytes]], ends: Sequence[bytes] | bytes, length: int
) -> list[bytes]:
    """The pieces of the first record, then those of the second, and so on.

    Each ends and the next one begins in one piece: the fewer, the sooner they are joined.
    """
    width = len(columns) + 1
    pieces = [begin] * (width * length + 1)
    for place, column in enumerate(columns, 1):
        pieces[place::width] = column
    if isinstance(ends, bytes):
        pieces[width::width] = [ends + begin] * length
        pieces[-1] = ends
    else:
        pieces[width::width] = [end + begin for end in ends]
        pieces[-1] = ends[-1]
    return pieces


class Stamps(dict[str, bytes]):
    """What stands in a header behind the name, to the end of the datestamp, by the times of rows."""

    def __missing__(self, at: str) -> bytes:
        # Of a time as engines write it; to read and write it takes three times as long.
        self[at] = stamp = f"</identifier><datestamp>{at[:10]}T{at[11:19]}Z</datestamp>".encode()
        return stamp


class SetSpecs(dict[str, bytes]):
    """What stands behind the datestamp, by the sets of rows. For all pages of a process, which share most of it."""

    def __init__(self, after: bytes) -> None:
        super().__init__()
        self.after = after

    def __missing__(self, sets: str) -> bytes:
        if len(self) >= REMEMBERED:
            self.clear()
        told = "".join(f"<setSpec>{escape(spec, quote=False)}</setSpec>" for spec in json.loads(sets))
        self[sets] = told.encode() + b"</header>" + self.after
        return self[sets]


#: Different sets of records that a process remembers, of each kind: some megabytes at most.
REMEMBERED = 4096
HEADER, RECORD, DELETED_RECORD = SetSpecs(b""), SetSpecs(b"<metadata>"), SetSpecs(b"</record>")
