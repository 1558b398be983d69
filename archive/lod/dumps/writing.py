"""Writing: the dump as N-Triples and N-Quads, gzipped, with checksums, and what has changed since the one before.

The stored triples are copied line by line, some hundred representations at a time; nothing is parsed, and memory does
not grow with the archive.
"""

from __future__ import annotations

import fcntl
import gzip
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from django.utils import timezone

from archive import datestamps
from archive.lod import changes
from archive.lod.changes import Change
from archive.lod.dumps import describing
from archive.lod.dumps.state import Dump, File, current, folder, holds_what_was_withdrawn, keep

try:
    from isal import igzip

    _open: Callable[..., Any] = igzip.IGzipFile
    _LEVEL = 1
except ImportError:  # Python's own takes five times as long
    _open, _LEVEL = gzip.GzipFile, 1


#: Files of changes that are kept, one for each dump: whoever comes less often takes the whole.
CHANGES = 30
QUADS, TRIPLES = "application/n-quads", "application/n-triples"


def dump() -> Dump | None:
    """Write a dump and its descriptions, and delete the files of the one before; None where there is none to write."""
    root = folder()
    if root is None:
        return None
    with _alone(root) as alone:
        return _dump(root) if alone else None


def dump_if_due() -> Dump | None:
    """Write a dump where there is none yet, or where the one there is may not be given away any more."""
    before = current()
    return dump() if before is None or holds_what_was_withdrawn(before) else None


def _dump(root: Path) -> Dump:
    before, until, now = current(), datestamps.settled(), timezone.now()
    stamp = f"{now:%Y%m%dT%H%M%S%fZ}"
    triples = graphs = 0
    with ExitStack() as stack:
        lines = stack.enter_context(_Packed(root / f"fonds-{stamp}.nt.gz", TRIPLES))
        quads = stack.enter_context(_Packed(root / f"fonds-{stamp}.nq.gz", QUADS))
        for batch in changes.everything():
            for change in batch:
                content = change.content or b""
                lines.write(content)
                quads.write(as_quads(change))
                triples += content.count(b" .\n")
            graphs += len(batch)
    told = _changes(root, before, stamp)
    files = (lines.file, quads.file)
    written = Dump(until, now, graphs, triples, files, told)
    checksums = root / f"fonds-{stamp}.sha256"
    checksums.write_text("".join(f"{each.sha256}  {each.name}\n" for each in written.all_files))
    describing.describe(root, written)
    keep(root, written)
    _clear(root, written, checksums.name)
    return written


def as_quads(change: Change) -> bytes:
    """N-Quads of a graph. In N-Triples as they are stored each line ends so, and no literal holds a line's end."""
    return (change.content or b"").replace(b" .\n", f" <{change.graph}> .\n".encode())


def _changes(root: Path, before: Dump | None, stamp: str) -> tuple[File, ...]:
    """What changed since the dump before. Earlier files stay, unless they hold something that was withdrawn."""
    if before is None or holds_what_was_withdrawn(before):
        return ()
    with ExitStack() as stack:
        quads = stack.enter_context(_Packed(root / f"changes-{stamp}.nq.gz", QUADS))
        drop = stack.enter_context(_Packed(root / f"changes-{stamp}.drop.gz", "text/plain"))
        count = 0
        for batch in changes.since(before.until):
            for change in batch:
                drop.write(f"{change.graph}\n".encode())
                quads.write(as_quads(change))
            count += len(batch)
    if count == 0:
        for each in (quads, drop):
            (root / each.file.name).unlink()
        return before.changes
    return (*before.changes, quads.file, drop.file)[-2 * CHANGES :]


def _clear(root: Path, written: Dump, checksums: str) -> None:
    kept = {checksums, *(each.name for each in written.all_files)}
    for path in (*root.glob("fonds-*"), *root.glob("changes-*")):
        if path.name not in kept:
            path.unlink(missing_ok=True)


class _Packed:
    """A gzipped file while it is written; afterwards ``file`` says what it is."""

    def __init__(self, path: Path, media_type: str) -> None:
        self._path, self._media_type = path, media_type
        self._scratch = path.with_suffix(".part")

    def __enter__(self) -> _Packed:
        self._out = _Counted(self._scratch.open("wb"))
        self._packed = _open(filename="", mode="wb", compresslevel=_LEVEL, fileobj=self._out, mtime=0)
        self.write = self._packed.write
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        self._packed.close()
        self._out.out.close()
        if failed:
            with suppress(FileNotFoundError):
                self._scratch.unlink()
            return
        self._scratch.replace(self._path)
        self.file = File(self._path.name, self._media_type, self._out.size, self._out.sum.hexdigest())


@dataclass
class _Counted:
    """A file that knows the size and the checksum of what was written."""

    out: IO[bytes]
    size: int = 0

    def __post_init__(self) -> None:
        self.sum = sha256()

    def write(self, data: bytes) -> int:
        """Write, and count."""
        self.sum.update(data)
        self.size += len(data)
        return self.out.write(data)

    def flush(self) -> None:
        """Hand over to the system."""
        self.out.flush()


@contextmanager
def _alone(root: Path) -> Iterator[bool]:
    """Whether this process is the only one that writes."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "writing").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
