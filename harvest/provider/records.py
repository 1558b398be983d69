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
from operator import itemgetter
from typing import Any

from harvest.provider.about import endings
from harvest.provider.identifiers import identifier_of
from harvest.provider.rows import Found

CONTENT = itemgetter(4)
#: What no identifier has in it, because no database takes it and no XML carries it.
BETWEEN = "\0"

#: Pieces of XML, one for each of some records; alone, the same for all of them.
Column = Iterable[bytes] | bytes


def headers(found: Found) -> list[bytes]:
    """``<header>`` for each, in pieces: identifier, datestamp and sets, and whether the record is deleted."""
    return _in_order(found, lambda run, deleted: _headed("", deleted, tuple(zip(*run.rows)), HEADER))  # noqa: B905


def records(found: Found) -> list[bytes]:
    """``<record>`` for each, in pieces: the header and, unless it is deleted, the metadata and what is said of them."""
    return _in_order(found, _columns)


def _in_order(found: Found, columns: Callable[[Found, bool], Sequence[Column]]) -> list[bytes]:
    """All pieces, from columns of neighbours that are deleted, and of neighbours that are not.

    Every record of every page comes through here. What such a run has in common is written once, and the rest goes by
    columns, which takes a third of the time of a loop over the records.
    """
    if all(map(CONTENT, found.rows)):
        return _interleaved(columns(found, False), len(found.rows)) if found.rows else []
    runs = ((deleted, list(run)) for deleted, run in groupby(found.rows, lambda row: not row[4]))
    return list(
        chain.from_iterable(_interleaved(columns(found._replace(rows=run), deleted), len(run)) for deleted, run in runs)
    )


def _interleaved(columns: Sequence[Column], length: int) -> list[bytes]:
    """The pieces of the first record, then those of the second, and so on."""
    pieces = [column if isinstance(column, bytes) else b"" for column in columns] * length
    for place, column in enumerate(columns):
        if not isinstance(column, bytes):
            pieces[place :: len(columns)] = column
    return pieces


def _columns(run: Found, deleted: bool) -> Sequence[Column]:
    values = tuple(zip(*run.rows))  # noqa: B905 - the rows have one length
    if deleted:
        return _headed("<record>", deleted, values, DELETED_RECORD)
    return (*_headed("<record>", deleted, values, RECORD), values[-1], endings(run))


def _headed(before: str, deleted: bool, values: Sequence[Sequence[Any]], set_specs: SetSpecs) -> tuple[Column, ...]:
    """Headers by columns: what stands before the names, the names, the datestamps, and the sets with what follows."""
    ats, sets, _, names, _ = values
    status = ' status="deleted"' if deleted else ""
    begin = f"{before}<header{status}><identifier>{escape(identifier_of(''), quote=False)}"
    named = escape(BETWEEN.join(names), quote=False).encode().split(BETWEEN.encode())
    return begin.encode(), named, map(Stamps().__getitem__, ats), map(set_specs.__getitem__, sets)


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
