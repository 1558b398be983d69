"""Hands: those who change an archive at the same time, each with a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from django.db import connection, transaction

#: Seconds that anybody may have to wait for another.
PATIENCE = 60


class RolledBackError(Exception):
    """A transaction came to nothing, as that of a process that was killed."""


class Hand(threading.Thread):
    """Who does one thing. With ``hold``, in a transaction that stays open until it is told to end.

    Where the transaction of another is in the way, it waits its turn.
    """

    #: Seconds for which it holds its transaction open at most; None is for as long as it takes.
    patience: float | None = PATIENCE

    def __init__(self, action: Callable[[], None], *, hold: bool = False) -> None:
        super().__init__(daemon=True)
        self.action = action
        #: Set when all is done but for the end of the transaction.
        self.done = threading.Event()
        self.ending = threading.Event()
        self.hold = hold
        self.killed = False
        self.error: Exception | None = None

    def run(self) -> None:
        """Act; what goes wrong is for who waits for the end."""
        try:
            if self.hold:
                self._act_slowly()
            else:
                self.action()
        except Exception as error:  # noqa: BLE001 - raised again by end()
            self.error = error
        finally:
            self.done.set()
            connection.close()

    def _act_slowly(self) -> None:
        with suppress(RolledBackError), transaction.atomic():
            self.action()
            self.done.set()
            self._hold()
            if self.killed:
                raise RolledBackError

    def _hold(self) -> None:
        assert self.ending.wait(self.patience)

    def end(self, *, kill: bool = False) -> None:
        """Commit, or come to nothing; return when it is so."""
        self.killed = kill
        self.ending.set()
        self.join(PATIENCE)
        assert not self.is_alive(), "waits for somebody who waits for it"
        if self.error:
            raise self.error
