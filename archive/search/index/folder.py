"""Folders: where the index lies, which of several is asked, and who may write.

Below ``SEARCH_FOLDER`` each index has a folder of its own, named by its version and a number. A file named ``current``
names the one that is asked; it is put in place in one step, so that a whole new index takes over at once. Nobody
writes without the lock, which the system takes back from a process that dies.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from tantivy import Index

from archive.conf import conf
from archive.search.index.schema import VERSION, schema

#: The file of an index that has its common words, one on each line.
_COMMON = "common"


class NoIndexError(RuntimeError):
    """There is no index yet, or none that this version of Fonds can read."""


class BusyError(RuntimeError):
    """Another process writes to the index."""


def place() -> Path:
    """The folder of all indexes.

    :raises NoIndexError: where the site has not set one.
    """
    if not conf().SEARCH_FOLDER:
        raise NoIndexError("FONDS['SEARCH_FOLDER'] is not set.")
    return Path(conf().SEARCH_FOLDER)


def current() -> str:
    """The name of the index that is asked.

    :raises NoIndexError: where there is none of this version.
    """
    try:
        name = (place() / "current").read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise NoIndexError("There is no index yet.") from None
    if not name.startswith(_prefix()) or not (place() / name / "meta.json").exists():
        raise NoIndexError(f"The index {name} is not of this version.")
    return name


def fresh(common: Iterable[str]) -> str:
    """The name of a new, empty index, for an archive whose common words are these."""
    name = f"{_prefix()}{uuid4().hex[:12]}"
    (place() / name).mkdir(parents=True)
    (place() / name / _COMMON).write_text("\n".join(sorted(common)), encoding="utf-8")
    Index(schema(), path=str(place() / name))
    return name


def common(name: str) -> frozenset[str]:
    """The common words of an index (archive.search.index.pairs)."""
    return frozenset((place() / name / _COMMON).read_text(encoding="utf-8").split())


def exists(name: str) -> bool:
    """Whether there is an index of this name, which this version can read."""
    return name.startswith(_prefix()) and (place() / name / "meta.json").exists()


def opened(name: str) -> Index:
    """An index, to be read or written. Opened anew by each process that asks."""
    return Index(schema(), path=str(place() / name))


def make_current(name: str) -> None:
    """Let an index be asked from now on, and throw away all others.

    Who still reads one of them keeps what he has open until he opens the next.
    """
    beside = place() / f"current.{uuid4().hex}"
    beside.write_text(name, encoding="ascii")
    beside.replace(place() / "current")
    for each in place().iterdir():
        if each.is_dir() and each.name != name:
            shutil.rmtree(each, ignore_errors=True)


@contextmanager
def writing() -> Iterator[None]:
    """Hold the one lock of all indexes.

    :raises BusyError: where another process holds it.
    """
    place().mkdir(parents=True, exist_ok=True)
    with (place() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError("Another process writes to the index.") from None
        yield


def _prefix() -> str:
    return f"v{VERSION}-"
