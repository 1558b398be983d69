"""The process of one question: opens a copy of the store, answers, and ends.

A running query cannot be interrupted from within, and one that wants too much memory or is nested too deep takes its
process with it. So each has a process of its own, which sets its own limits before it reads the question and which
its parent may kill at any time. Without Django: it starts in 30 ms of CPU time.

Comes in (standard input): one JSON object, see ``running.Question``. Goes out: one line of JSON, then the bytes.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any, cast

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, RdfFormat, Store, serialize

from archive.lod.sparql import confinement
from archive.lod.sparql.results import WRITERS, Page, TooLargeError, yes_or_no

GRAPHS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


def main() -> None:
    """Answer what stands in standard input."""
    asked = json.load(sys.stdin)
    os.nice(5)  # pages and records go first
    confinement.limit_time(asked["seconds"], asked["cpu_seconds"])
    store = Store.read_only(asked["store"])
    confined = confinement.forbid_connections()
    confinement.limit_memory(asked["memory"])
    confinement.limit_files(asked["store"])
    try:
        head, content = _answer(store, asked)
    except SyntaxError as error:
        head, content = {"failure": "syntax", "message": str(error)}, b""
    except TooLargeError:
        head, content = {"failure": "bytes"}, b""
    except (ValueError, OSError, RuntimeError) as error:
        head, content = {"failure": "evaluation", "message": str(error)}, b""
    head["confined"] = confined
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing of it need be put in order, and the library takes its time over that


def _answer(store: Store, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    default: list[Any] = [NamedNode(each) for each in asked["default_graphs"]]
    named: list[Any] = [NamedNode(each) for each in asked["named_graphs"]]
    found = store.query(
        asked["query"],
        base_iri=asked["base"],
        prefixes=asked["prefixes"],
        default_graph=default or ([] if named else None),
        named_graphs=named or ([] if default else None),
    )
    page, most = Page(asked["bytes"]), asked["rows"]
    if isinstance(found, QueryBoolean):
        return {"cut": False}, yes_or_no(bool(found), asked["notation"])
    rows = _Cut(found, most)
    if isinstance(found, QuerySolutions):
        names = [variable.value for variable in found.variables]
        WRITERS[asked["notation"]](names, ([row[name] for name in names] for row in rows), page)
    else:
        serialize(rows, output=cast(IO[bytes], page), format=GRAPHS[asked["notation"]], prefixes=asked["prefixes"])
    return {"cut": rows.cut}, bytes(page.content)


class _Cut:
    """At most so many of the rows, and whether there were more."""

    def __init__(self, rows: Any, most: int) -> None:
        self._rows, self._most, self.cut = iter(rows), most, False

    def __iter__(self) -> Iterator[Any]:
        yield from islice(self._rows, self._most)
        self.cut = next(self._rows, None) is not None
