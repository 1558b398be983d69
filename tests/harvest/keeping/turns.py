"""Turns: hands that go on one at a time, so that the same turns are always the same history, however slow the machine.

Each hand stops before each of its statements until it is told to go on. The transactions and locks are the database's
own, and who is held up by another really waits in it. Whether somebody is held up is asked of the database, and never
told by how long they take: that would make another history of a starved machine, and of each a failure that does not
come again. Only of two that PostgreSQL lets go on in the same moment, and that want the same rows, chance says which
gets them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from sqlite3 import ProgrammingError
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

from tests.harvest.keeping.hands import PATIENCE, Hand

#: Who goes on next, by their number among those who can, and for how many statements.
Turn = tuple[int, int]
#: Statements of a turn in which a hand comes as far as it can.
ALL = 100_000
#: Seconds between two looks at who has not come to rest. SQLite asks as rarely for a lock that is taken.
LOOK = 0.01
#: So many looks make a minute, of time in which this process was let run.
LOOKS = int(PATIENCE / LOOK)
#: Milliseconds that SQLite lets somebody wait: as long as it takes.
EVER = 2**31 - 1
#: How statements begin that wait for SQLite's only lock, outside of a transaction.
WRITING = ("BEGIN", "INSERT", "UPDATE", "DELETE", "REPLACE")


class PacedHand(Hand):
    """A hand that goes on when it is told to."""

    patience = None

    def __init__(self, action: Callable[[], None], *, hold: bool = False) -> None:
        super().__init__(action, hold=hold)
        self.database: Any = None
        #: Set while it stands before a statement, holds its transaction open, or has come to its end.
        self.at_rest = threading.Event()
        #: What it stands before, or is waiting in.
        self.statement = ""
        self.standing = self.holding = False
        #: Whether it was held up when it was last looked at.
        self.held_up = False
        #: Its process on a server of PostgreSQL.
        self.backend = 0
        self._go = threading.Semaphore(0)
        self._unpaced = False

    def run(self) -> None:
        """Act, statement by statement."""
        self.database = connections[DEFAULT_DB_ALIAS]
        self.database.ensure_connection()
        if self.database.vendor == "sqlite":
            self.database.connection.execute(f"PRAGMA busy_timeout = {EVER}")
        else:
            self.backend = self.database.connection.info.backend_pid
        with self.database.execute_wrapper(self._in_turn):
            super().run()
        self.at_rest.set()

    def begin(self) -> None:
        """Come to the first statement."""
        self.start()
        settle([self])

    def go(self) -> None:
        """Run the statement that it stands before, and come to the next one."""
        self.standing = False
        self.at_rest.clear()
        self._go.release()

    def let_go(self, *, kill: bool = False) -> None:
        """Let the transaction that is held come to its end, when the next turn is told."""
        self.killed = kill
        if self.holding:
            self.holding = False
            self.at_rest.clear()
        self.ending.set()

    def scatter(self) -> None:
        """Go on to the end without being told: the history has gone wrong."""
        self._unpaced = True
        self._go.release()
        self.ending.set()

    def is_shut_out_by(self, others: Iterable[PacedHand]) -> bool:
        """Whether it would wait for SQLite's lock beside somebody who does: which of them gets it, chance would say."""
        return (
            self.database.vendor == "sqlite"
            and self.wants_the_lock()
            and any(not each.standing and each.wants_the_lock() for each in others)
        )

    def within_a_transaction(self) -> bool:
        """Whether it has a transaction of SQLite open, as the driver knows it."""
        with suppress(ProgrammingError):  # it has just come to its end, and closed its connection
            opened = self.database and self.database.connection  # neither is there before its thread runs
            return bool(opened and opened.in_transaction)
        return False

    def wants_the_lock(self) -> bool:
        """Whether it stands before, or waits in, what SQLite lets one do at a time."""
        return self.statement.startswith(WRITING) and not self.within_a_transaction()

    def _in_turn(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.standing = True  # first: it waits for nobody yet, whatever it is going to do
        self.statement = sql
        if not self._unpaced:
            self.at_rest.set()
            self._go.acquire()
        try:
            return execute(sql, *rest)
        finally:
            self.statement = ""

    def _hold(self) -> None:
        self.holding = True
        self.at_rest.set()
        super()._hold()


def take_turns(hands: Sequence[PacedHand], turns: Iterable[Turn] = ()) -> None:
    """Let hands go on, one at a time, until each has come to its end, holds its transaction open, or is held up.

    Those who were told no turn go on one after the other, each as far as it comes.
    """
    told = list(turns)
    settle(hands)
    while ready := [each for each in hands if each.standing and not each.is_shut_out_by(hands)]:
        who, statements = told.pop(0) if told else (0, ALL)
        hand = ready[who % len(ready)]
        for _ in range(statements):
            hand.go()
            settle(hands)  # whoever was held up by this one may be free now
            if not hand.standing or hand.is_shut_out_by(hands):
                break


def settle(hands: Sequence[PacedHand]) -> None:
    """Return once everybody has come to rest, or is held up by somebody who has.

    :raises TimeoutError: if somebody does neither for a minute.
    """
    for _ in range(LOOKS):
        for hand in hands:
            if not hand.held_up:
                hand.at_rest.wait(LOOK)
        going = [hand for hand in hands if not hand.at_rest.is_set()]
        waiting = _waiting(going, hands) if going else []
        for hand in hands:
            hand.held_up = hand in waiting
        if all(hand.held_up for hand in going):
            return
    raise TimeoutError(f"somebody goes on and on: {[hand.statement for hand in going]}")


def _waiting(going: Sequence[PacedHand], hands: Sequence[PacedHand]) -> list[PacedHand]:
    """Who waits for a lock that another has: in a statement, or in a commit that looks at foreign keys."""
    if connection.vendor == "sqlite":
        holding = [each for each in hands if each.within_a_transaction()]
        return [each for each in going if holding and not each.standing and each.wants_the_lock()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_locks WHERE NOT granted")
        waiting = {pid for (pid,) in cursor.fetchall()}
    return [each for each in going if each.backend in waiting]
