"""Kept: bytes that a process has answered with, in its memory, so that the database need not send them each time.

Nothing is answered from here alone. Who asks names the checksum of what is kept in the very statement that asks the
database whether there still is such a thing, and gets the bytes from there unless the checksum is the same.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import NamedTuple

#: Which part of all that may be kept one thing may take at most.
_SHARE = 8
#: Bytes that it takes to keep one thing beside its content: keys, tuples, the checksum.
_ASIDE = 400


class Held(NamedTuple):
    """Bytes, and by what they are known."""

    checksum: str
    content: bytes


class Kept:
    """What was answered last; what was not asked for longest goes first."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, Held] = OrderedDict()
        self._lock = Lock()
        #: Bytes in all.
        self.size = 0

    def last(self, key: Hashable) -> Held | None:
        """What was kept last under a key."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def keep(self, key: Hashable, held: Held, *, limit: int) -> None:
        """Keep this, so that there are at most ``limit`` bytes in all; one thing may take an eighth of them."""
        with self._lock:
            self._drop(key)
            if _cost(held) <= limit // _SHARE:
                self._held[key] = held
                self.size += _cost(held)
            while self.size > limit:
                self._drop(next(iter(self._held)))

    def drop(self, key: Hashable) -> None:
        """Keep nothing under a key."""
        with self._lock:
            self._drop(key)

    def _drop(self, key: Hashable) -> None:
        held = self._held.pop(key, None)
        self.size -= _cost(held) if held else 0


def _cost(held: Held) -> int:
    return len(held.content) + _ASIDE
