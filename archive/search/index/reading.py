"""Reading: one index held open by each process, looked at anew whenever it was written to or another took its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from tantivy import Index, Searcher

from archive.search.index import folder

#: Values of a column, and in how many documents each stands; the most frequent first.
Tally = list[tuple[Any, int]]


@dataclass(frozen=True, slots=True)
class Held:
    """The index as it is at one moment; it does not change under who holds it.

    ``common`` are its common words, and ``wholes`` what has been counted in all of its documents, by column
    (archive.search.index.tallies).
    """

    searcher: Searcher
    common: frozenset[str]
    wholes: dict[str, Tally] = field(default_factory=dict)


@dataclass(slots=True)
class _Open:
    """An open index: its folder, its name, the state of the file that each commit replaces, and what it held then."""

    place: str
    name: str
    index: Index
    state: tuple[int, int]
    held: Held
    languages: tuple[str, ...]


_lock = Lock()
_open: _Open | None = None


def held() -> Held:
    """The index as it is at this moment.

    :raises folder.NoIndexError: where there is none.
    """
    return _current().held


def languages() -> tuple[str, ...]:
    """The primary language subtags of the texts in the index; none where there is no index."""
    try:
        return _current().languages
    except folder.NoIndexError:
        return ()


def _current() -> _Open:
    """The index that is asked; looked for once more where another took its place meanwhile, which throws it away."""
    try:
        return _looked_at()
    except (folder.NoIndexError, OSError, ValueError):  # the last is what tantivy raises
        return _looked_at()


def _looked_at() -> _Open:
    global _open
    name, place = folder.current(), str(folder.place())
    status = (folder.place() / name / "meta.json").stat()
    state = (status.st_mtime_ns, status.st_ino)
    with _lock:
        if _open is None or (_open.place, _open.name) != (place, name):
            index = folder.opened(name)
            index.config_reader("Manual")
            _open = _Open(place, name, index, (0, 0), Held(index.searcher(), folder.common(name)), ())
        if _open.state != state:
            _open.index.reload()
            _open.state = state
            _open.held = Held(_open.index.searcher(), _open.held.common)
            _open.languages = _languages(_open.held.searcher)
        return _open


def _languages(searcher: Searcher) -> tuple[str, ...]:
    return tuple(sorted(tag for tag, _ in searcher.terms_with_prefix("spoken", "")))
