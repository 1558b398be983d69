"""Load: how much a process does at once. Whoever finds no place is sent away for a moment (503 with Retry-After)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class NoPlaceError(Exception):
    """All places are taken."""


class Places:
    """Places for what takes long, in this process."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._taken = 0

    @contextmanager
    def one(self, *, of: int, patience: float = 0) -> Iterator[None]:
        """One of so many places, until the end of the block; 0 is as many as come.

        :raises NoPlaceError: where none comes free within ``patience`` seconds.
        """
        self.take(of=of, patience=patience)
        try:
            yield
        finally:
            self.leave()

    def take(self, *, of: int, patience: float = 0) -> None:
        """Take one, to be left in the end.

        :raises NoPlaceError: where none comes free within ``patience`` seconds.
        """
        with self._changed:
            free = of < 1 or self._taken < of or self._changed.wait_for(lambda: self._taken < of, timeout=patience)
            if not free:
                raise NoPlaceError
            self._taken += 1

    def leave(self) -> None:
        """Leave one that was taken."""
        with self._changed:
            self._taken -= 1
            self._changed.notify()
