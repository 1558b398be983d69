"""Places: how many questions run at once, on the whole machine and for one client.

A place is a locked file. The lock belongs to the process that answers too, so that a place is free when that one is
gone, whatever became of the web process that asked.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from archive.conf import conf

#: Seconds after which a client that was sent away may come again.
PAUSE = 3
#: Bytes of a client's mark in its place.
MARK = 16


class BusyError(Exception):
    """All places are taken; ``after`` is in how many seconds to come again."""

    def __init__(self, message: str, *, after: int = PAUSE) -> None:
        super().__init__(message)
        self.after = after


@contextmanager
def a_place(root: Path, client: str) -> Iterator[int]:
    """One of SPARQL_AT_ONCE places, as an open file that whoever works in it holds too.

    :raises BusyError: where all are taken, or SPARQL_PER_CLIENT of them by this client.
    """
    rows = root / "places"
    rows.mkdir(parents=True, exist_ok=True)
    mark = sha256(client.encode()).digest()[:MARK]
    with (rows / "door").open("wb") as door:
        fcntl.flock(door, fcntl.LOCK_EX)  # one at a time chooses a place, which takes no time
        place = _choose(rows, mark)
    try:
        yield place
    finally:
        os.close(place)


def _choose(rows: Path, mark: bytes) -> int:
    free, own = [], 0
    try:
        for number in range(conf().SPARQL_AT_ONCE):
            place = os.open(rows / str(number), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            if _locked(place):
                free.append(place)
                continue
            own += os.pread(place, MARK, 0) == mark
            os.close(place)
        if not free:
            raise BusyError("All places are taken: other questions are being answered.")
        if own >= conf().SPARQL_PER_CLIENT:
            raise BusyError(f"{own} of your questions are being answered already.")
        chosen = free.pop()
        os.pwrite(chosen, mark, 0)
        return chosen
    finally:
        for place in free:
            os.close(place)


def _locked(place: int) -> bool:
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
