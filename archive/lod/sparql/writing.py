"""Writing: the one process that writes the store, and the copies that everybody else reads.

The store follows the representations (``archive.lod.changes``). After each round a copy is made by hard links, which
takes some hundredths of a second, and is named in the state; nobody ever reads what is written at the moment. A kill
loses nothing: the state says up to when the last copy tells everything, and the rest is done again.

The default graph holds once what any of the graphs says (the merge of them, RDF 1.1 Semantics, section 4.1). Asked of
all graphs together instead, the library finds a triple as often as there are graphs that say it, and counts it so.
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from secrets import token_hex

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from archive import datestamps
from archive.conf import conf
from archive.lod import changes
from archive.lod.changes import Change
from archive.lod.sparql.copies import WRITTEN, State, folder, keep, state

#: Seconds for which a copy is kept after the time that a question to it may take.
GRACE = 20


def follow() -> int:
    """Bring the store up to date and let it be asked; the number of graphs that changed.

    Does nothing where the site has no store, or where another process is about it.
    """
    root = folder()
    if root is None:
        return 0
    with _alone(root, "following") as alone:
        if not alone:
            return 0
        found = state(root)
        if found is not None and found.ours and (root / found.written).is_dir():
            return _follow(root, found)
    return rebuild()


def rebuild() -> int:
    """Write the store anew from the representations; the number of graphs in it.

    The old one follows and is asked until the new one takes its place, so that what is withdrawn meanwhile is gone
    from it as fast as ever.
    """
    root = folder()
    if root is None:
        return 0
    with _alone(root, "rebuilding") as alone:
        if not alone:
            return 0
        until = datestamps.settled()
        written = f"{WRITTEN}{token_hex(4)}"
        store = Store(str(root / written))
        count = _fill(store)
        with _alone(root, "following", wait=True):
            until, _ = _apply(store, until)
            store.optimize()
            _show(root, store, written, until)
        _clear(root)
    return count


def _fill(store: Store) -> int:
    count = 0

    def quads() -> Iterator[Quad]:
        nonlocal count
        for batch in changes.everything():
            count += len(batch)
            yield from _quads(batch)

    store.bulk_extend(quads())
    return count


def _follow(root: Path, found: State) -> int:
    first = next(changes.since(found.until), None)
    if first is None:
        _clear(root)
        return 0
    store = Store(str(root / found.written))
    until, count = _apply(store, found.until)
    _show(root, store, found.written, until)
    _clear(root)
    return count


def _apply(store: Store, until: datetime) -> tuple[datetime, int]:
    """Write what changed after a datestamp; up to which one all is written then, and how many graphs it were.

    What is settled is asked first: a change that cannot be seen yet has a later datestamp (archive.datestamps).
    """
    settled, count = datestamps.settled(), 0
    for batch in changes.since(until):
        for change in batch:
            _remove(store, NamedNode(change.graph))
        store.extend(_quads(batch))
        count += len(batch)
    return max(until, settled), count


def _remove(store: Store, graph: NamedNode) -> None:
    """Take a graph away, and from the default graph what no other says.

    The graph goes last: after a kill in between it still tells what is to be taken away.
    """
    for triple in [quad.triple for quad in store.quads_for_pattern(None, None, None, graph)]:
        if not _said(store, triple, beside=graph):
            store.remove(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()))
    store.remove_graph(graph)


def _said(store: Store, triple: Triple, *, beside: NamedNode) -> bool:
    """Whether any other graph says it."""
    saying = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(quad.graph_name not in (DefaultGraph(), beside) for quad in saying)


def _quads(batch: Iterable[Change]) -> Iterator[Quad]:
    for change in batch:
        if change.content:
            graph = NamedNode(change.graph)
            for said in parse(input=change.content, format=RdfFormat.N_TRIPLES):
                yield said
                yield Quad(said.subject, said.predicate, said.object, graph)


def _show(root: Path, store: Store, written: str, until: datetime) -> None:
    """Make a copy of the store, and let everybody ask that one from now on."""
    store.flush()
    copy = f"copy-{time.time_ns()}"
    store.backup(str(root / copy))
    keep(root, State(written, copy, until, conf().PUBLIC_BASE_URL))


def _clear(root: Path) -> None:
    """Delete copies that nobody asks any more, and stores that were given up."""
    found = state(root)
    if found is None:
        return
    copies = sorted(root.glob("copy-*"))
    for copy, after in pairwise(copies):
        superseded = int(after.name.removeprefix("copy-")) / 1e9
        if copy.name != found.copy and superseded < time.time() - conf().SPARQL_SECONDS - GRACE:
            shutil.rmtree(copy, ignore_errors=True)
    with _alone(root, "rebuilding") as alone:
        if alone:
            for each in root.glob("written-*"):
                if each.name != found.written:
                    shutil.rmtree(each, ignore_errors=True)


@contextmanager
def _alone(root: Path, what: str, *, wait: bool = False) -> Iterator[bool]:
    """Whether this process is the only one to do something; a kill lets go of it."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / what).open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            yield False
            return
        yield True
