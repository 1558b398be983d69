"""The machine: archivists, workers and harvesters, who do what they do in any order (hypothesis, stateful testing)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from archive import datestamps
from archive.models import (
    Agent,
    ArchivalReference,
    ArchivalUnit,
    Collection,
    Document,
    LastDatestamp,
    Representation,
    SetMembership,
    Stale,
)
from tests.harvest.keeping import changes
from tests.harvest.keeping.copies import COMPARED, copies, expected
from tests.harvest.keeping.hands import PATIENCE
from tests.harvest.keeping.turns import PacedHand, Turn, take_turns

DOCUMENTS = 6
START = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Clocks:
    """The clocks of several hosts: each wrong by its own seconds. Who names no host has the right time."""

    def __init__(self) -> None:
        self.right = START
        self.host = threading.local()

    def now(self) -> datetime:
        """The time on this host."""
        return self.right + timedelta(seconds=getattr(self.host, "wrong_by", 0))


CLOCKS = Clocks()

chosen = st.lists(st.integers(0, DOCUMENTS - 1), min_size=1, max_size=3, unique=True).map(sorted)
wrong_by = st.sampled_from([0, -4, 5])
word = st.sampled_from(["once", "twice", "thrice"])
opis = st.sampled_from(changes.OPISI)
hold = st.booleans()
seconds = st.sampled_from([0, 0.2, 1, 3])
turns = st.lists(st.tuples(st.integers(0, 3), st.sampled_from([1, 3, 10, 40])), max_size=8)


def ask(query: str) -> bytes:
    """The answer to a harvester."""
    return Client().get(f"/oai?{query}").content


def empty() -> None:
    """Begin with nothing, and with the right time."""
    CLOCKS.right, CLOCKS.host.wrong_by = START, 0
    Collection.objects.update(parent=None)
    # What was published cannot be deleted one by one, so the tables are emptied of what is left of a history before.
    SetMembership.objects.all().delete()
    Representation.objects.all().delete()
    Document.objects.update(state="draft", published_at=None, withdrawn_at=None)
    ArchivalReference.objects.all().delete()
    Stale.objects.all().delete()
    for level in ("opis", "fond", "repository"):
        ArchivalUnit.objects.filter(level=level).delete()
    for model in (Document, Agent, Collection):
        model.objects.all().delete()
    LastDatestamp.objects.update_or_create(pk=datestamps.ONLY, defaults={"moment": START})


class ArchiveAtWork(RuleBasedStateMachine):
    """At the end, whatever came before, the copy of every harvester is what the archive holds."""

    def __init__(self) -> None:
        super().__init__()
        empty()
        self.pks = changes.fill(DOCUMENTS)
        self.agents = list(Agent.objects.order_by("pk"))
        #: Who holds a transaction open, and who began something since and may have to wait for that.
        self.open: PacedHand | None = None
        self.waiting: list[PacedHand] = []
        self.copies = copies(ask)
        # Half of all has been harvested: whoever is silent of a change from now on is found out.
        self.begin(self.pks[: DOCUMENTS // 2])

    def begin(self, pks: list[int]) -> None:
        """Publish some documents of the set, and let everybody harvest them."""
        changes.move(pks, changes.SLUG)
        changes.publish(pks)
        changes.sweep()
        for copy in self.copies:
            copy.harvest()

    @rule(chosen=chosen, wrong_by=wrong_by, hold=hold)
    def publish(self, chosen: list[int], wrong_by: int, hold: bool) -> None:
        self._do(lambda: changes.publish(self._of(chosen)), wrong_by=wrong_by, hold=hold)

    @rule(chosen=chosen, wrong_by=wrong_by, hold=hold)
    def withdraw(self, chosen: list[int], wrong_by: int, hold: bool) -> None:
        self._do(lambda: changes.withdraw(self._of(chosen)), wrong_by=wrong_by, hold=hold)

    @rule(chosen=chosen, word=word, wrong_by=wrong_by, hold=hold)
    def retitle(self, chosen: list[int], word: str, wrong_by: int, hold: bool) -> None:
        self._do(lambda: changes.retitle(self._of(chosen), word), wrong_by=wrong_by, hold=hold)

    @rule(chosen=chosen, slug=st.sampled_from([changes.SLUG, changes.BELOW, ""]), wrong_by=wrong_by, hold=hold)
    def move(self, chosen: list[int], slug: str, wrong_by: int, hold: bool) -> None:
        self._do(lambda: changes.move(self._of(chosen), slug), wrong_by=wrong_by, hold=hold)

    @rule(chosen=chosen, opis=opis, wrong_by=wrong_by, hold=hold)
    def keep(self, chosen: list[int], opis: str, wrong_by: int, hold: bool) -> None:
        self._do(lambda: changes.keep(self._of(chosen), opis), wrong_by=wrong_by, hold=hold)

    @rule(unit=st.sampled_from(changes.ENTITLED), word=word, hold=hold)
    def entitle(self, unit: tuple[str, str], word: str, hold: bool) -> None:
        self._do(lambda: changes.entitle(unit, word), hold=hold)

    @rule(number=st.integers(0, 1), word=word, hold=hold)
    def rename(self, number: int, word: str, hold: bool) -> None:
        self._do(lambda: changes.rename(self.agents[number], word), hold=hold)

    @rule(chosen=chosen, hold=hold)
    def embargo(self, chosen: list[int], hold: bool) -> None:
        self._do(lambda: changes.embargo(self._of(chosen)), hold=hold)

    @rule(wrong_by=wrong_by, hold=hold)
    def lapse(self, wrong_by: int, hold: bool) -> None:
        self._do(changes.lapse, wrong_by=wrong_by, hold=hold)

    @rule(wrong_by=wrong_by, hold=hold)
    def sweep(self, wrong_by: int, hold: bool) -> None:
        self._do(changes.sweep, wrong_by=wrong_by, hold=hold)

    @rule(wrong_by=wrong_by)
    def advance(self, wrong_by: int) -> None:
        self._do(datestamps.advance, wrong_by=wrong_by)

    @rule(number=st.integers(0, 7), seconds=seconds)
    def harvest_a_page(self, number: int, seconds: float) -> None:
        CLOCKS.right += timedelta(seconds=seconds)
        self.copies[number].step()

    @rule(number=st.integers(0, 7), seconds=seconds)
    def harvest(self, number: int, seconds: float) -> None:
        CLOCKS.right += timedelta(seconds=seconds)
        self.copies[number].harvest()

    @precondition(lambda self: self.open)
    @rule(seconds=seconds)
    def harvest_meanwhile(self, seconds: float) -> None:
        """Time goes on and everybody asks, while a change is made that nobody can see yet: where changes get lost."""
        CLOCKS.right += timedelta(seconds=seconds)
        self._do(datestamps.advance)
        for copy in self.copies:
            copy.harvest()

    @precondition(lambda self: self.open)
    @rule(kill=st.booleans(), turns=turns)
    def end(self, kill: bool, turns: list[Turn]) -> None:
        self._end(kill=kill, turns=turns)
        self._compare()

    def teardown(self) -> None:
        """Let everybody come to an end."""
        self._end()
        self._compare()

    def _of(self, chosen: list[int]) -> list[int]:
        return [self.pks[number] for number in chosen]

    def _do(self, action: Callable[[], None], *, wrong_by: int = 0, hold: bool = False) -> None:
        """Do something by a hand of its own. While a transaction is open, who is held up by it is left to wait."""

        def act() -> None:
            CLOCKS.host.wrong_by = wrong_by
            action()

        hand = PacedHand(act, hold=hold and not self.open)
        hand.begin()
        if self.open:
            self.waiting.append(hand)
            take_turns(self._hands())
            return
        self.open = hand
        take_turns([hand])
        if not hold:
            self._end()

    def _compare(self) -> None:
        changes.sweep()
        wanted = {(prefix, spec): expected(spec, prefix) for prefix, spec in COMPARED}
        for copy in self.copies:
            copy.harvest()  # what is left of a list that was begun
            copy.harvest()
            assert copy.records == wanted[copy.prefix, copy.spec]

    def _hands(self) -> list[PacedHand]:
        return [*([self.open] if self.open else []), *self.waiting]

    def _end(self, *, kill: bool = False, turns: Sequence[Turn] = ()) -> None:
        """Let the transaction that is open come to its end, and then all who wait for that."""
        hands = self._hands()
        self.open, self.waiting = None, []
        try:
            for hand in hands[:1]:
                hand.let_go(kill=kill)
            take_turns(hands, turns)
            assert not any(each.standing or each.held_up for each in hands), "waits for somebody who waits for it"
        finally:
            for hand in hands:
                hand.scatter()
            for hand in hands:
                hand.join(PATIENCE)
        for hand in hands:
            hand.end(kill=kill)
