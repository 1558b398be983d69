"""Records and headers as XML, put together around the stored metadata without parsing it.

The stored bytes were made once, by a renderer, and are sent as they are; parsing and writing them anew for
each harvester takes thirty times as long as all the rest of an answer. Headers are not stored with them: they hold the
datestamp and the sets, which change apart from the metadata, and writing one takes a microsecond.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import chain, groupby, repeat
from operator import itemgetter

from harvest.provider.about import endings
from harvest.provider.identifiers import identifier_of
from harvest.provider.rows import RowTuple

MARK, NAME, DELETED, CONTENT = map(itemgetter, (0, 2, 3, 4))


def headers(rows: Iterable[RowTuple]) -> list[bytes]:
    """``<header>`` for each, in pieces: identifier, datestamp and sets, and whether the record is deleted."""
    return list(_joined(_headed("<header", deleted, run) for deleted, run in _runs(rows)))


def records(rows: Iterable[RowTuple]) -> list[bytes]:
    """``<record>`` for each, in pieces: the header and, unless it is deleted, the metadata and what is said of them."""
    return list(_joined(_columns(deleted, run) for deleted, run in _runs(rows)))


#: Pieces of XML, one for each of some records.
Column = Iterable[bytes]


def _runs(rows: Iterable[RowTuple]) -> Iterator[tuple[bool, list[RowTuple]]]:
    """Neighbours that are deleted, and neighbours that are not.

    Every record of every page comes through here. What a run has in common is written once, and the rest goes by
    columns, which takes half as long as a loop over the records.
    """
    return ((bool(deleted), list(run)) for deleted, run in groupby(rows, DELETED))


def _joined(runs: Iterable[tuple[Column, ...]]) -> Iterator[bytes]:
    return chain.from_iterable(chain.from_iterable(zip(*columns)) for columns in runs)  # noqa: B905 - some have no end


def _columns(deleted: bool, run: Sequence[RowTuple]) -> tuple[Column, ...]:
    headed = _headed("<record><header", deleted, run)
    if deleted:
        return (*headed, repeat(b"</record>"))
    return (*headed, repeat(b"<metadata>"), map(CONTENT, run), endings(run))


def _headed(tag: str, deleted: bool, run: Sequence[RowTuple]) -> tuple[Column, Column, Column]:
    """What stands before the names, the names, and what stands behind them."""
    status = ' status="deleted"' if deleted else ""
    begin = f"{tag}{status}><identifier>{escape(identifier_of(''), quote=False)}"
    names = list(map(NAME, run))
    if not "".join(names).isalnum():
        names = [escape(each, quote=False) for each in names]
    return repeat(begin.encode()), map(str.encode, names), map(Tails().__getitem__, map(MARK, run))


class Tails(dict[str, bytes]):
    """What stands in a header behind the name, by the marks of rows."""

    def __missing__(self, mark: str) -> bytes:
        at, bracket, sets = mark.partition("[")
        stamp = (
            f"{at[:10]}T{at[11:19]}Z"  # of a time as engines write it; to read and write it takes three times as long
        )
        tail = f"</identifier><datestamp>{stamp}</datestamp>{_set_specs(bracket + sets)}</header>".encode()
        self[mark] = tail
        return tail


@lru_cache(maxsize=4096)
def _set_specs(sets: str) -> str:
    return "".join(f"<setSpec>{escape(spec, quote=False)}</setSpec>" for spec in json.loads(sets))
