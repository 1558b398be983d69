"""No change is ever lost, whoever changes what in which order, and however long it takes until others see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from archive import datestamps, publication, representations, staleness
from archive.models import Agent, ArchivalUnit, Kind, Representation, SetMembership, Stale
from archive.publication import publishing
from harvest.provider import store
from tests.harvest.keeping import changes
from tests.harvest.keeping.copies import Copy, expected
from tests.harvest.keeping.hands import PATIENCE, Hand
from tests.harvest.keeping.machine import CLOCKS, ArchiveAtWork, ask, empty
from tests.harvest.keeping.turns import PacedHand, take_turns

pytestmark = pytest.mark.usefixtures("several_connections", "harvested_alone", "several_clocks")


@pytest.fixture
def pks(several_connections, several_clocks):
    """Drafts in the set, three pages of them."""
    empty()
    pks = changes.fill(6)
    changes.move(pks, changes.SLUG)
    return pks


def together(first, second) -> None:
    """Let the second come as far as it can while the first has done what it does and not committed it."""
    for number, hand in enumerate([first, second], 1):
        hand.begin()
        take_turns([first, second][:number])
    first.let_go()
    take_turns([first, second])
    for hand in (first, second):
        hand.end()


def begun(action):
    """Something that is done and not committed."""
    hand = Hand(action, hold=True)
    hand.start()
    assert hand.done.wait(PATIENCE)
    return hand


def later(seconds: float) -> None:
    CLOCKS.right += timedelta(seconds=seconds)


@pytest.mark.parametrize("spec", ["", changes.SPEC])
def test_what_is_stamped_before_and_committed_after_a_harvest_comes_with_the_next(pks, spec):
    copy = Copy(ask, spec=spec)
    publication = begun(lambda: changes.publish(pks))
    later(2)
    copy.harvest()
    later(3)
    publication.end()

    copy.harvest()

    assert copy.records == expected(spec)
    assert len(copy.records) == len(pks)


def test_withdrawal_that_is_committed_after_a_harvest_comes_with_the_next(pks):
    changes.publish(pks)
    copy = Copy(ask)
    withdrawal = begun(lambda: changes.withdraw(pks))
    later(2)
    copy.harvest()
    withdrawal.end()

    copy.harvest()

    assert copy.records == {}


def test_change_in_the_second_that_a_list_stands_at_is_not_passed_over(pks):
    copy = Copy(ask, last=True)
    changes.publish(pks[1:])
    copy.step()

    changes.publish(pks[:1])
    later(3)
    datestamps.advance()
    copy.harvest()
    copy.harvest()

    assert copy.records == expected()


def test_change_between_an_empty_list_and_its_answer_comes_with_the_next(pks, monkeypatch):
    copy, read = Copy(ask), store.page

    def page(*args, **kwargs):
        """The page; while it is on its way, somebody publishes."""
        found = read(*args, **kwargs)
        later(2)
        changes.publish(pks)
        later(2)
        datestamps.advance()
        return found

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(store, "page", page)
        copy.harvest()
    copy.harvest()

    assert copy.records == expected()


def test_name_that_changes_while_a_document_is_being_published_comes_with_the_next(pks):
    copy, agent = Copy(ask), Agent.objects.order_by("pk").first()
    renaming = PacedHand(lambda: changes.rename(agent, "once"), hold=True)
    publication = PacedHand(lambda: changes.publish(pks))
    together(renaming, publication)
    copy.harvest()

    changes.sweep()
    copy.harvest()

    assert copy.records == expected()


def test_title_that_changes_while_a_unit_below_becomes_public_comes_with_the_next(pks, monkeypatch):
    copy = Copy(ask, prefix="ead3")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(publishing, "retell", lambda: 0)
        changes.publish(pks)
    # Those above had their turn before, in another batch.
    Stale.objects.exclude(thing__in=ArchivalUnit.objects.filter(level="opis").values("pk")).delete()
    entitling = PacedHand(lambda: changes.entitle(("fond", "45"), "once"), hold=True)
    together(entitling, PacedHand(publication.retell))
    copy.harvest()

    changes.sweep()
    copy.harvest()

    assert len(copy.records) == 4
    assert copy.records == expected(prefix="ead3")


def test_clock_that_was_set_back_loses_nothing(pks):
    copy = Copy(ask)
    changes.publish(pks[:3])
    copy.harvest()
    later(-3600)
    changes.publish(pks[3:])

    copy.harvest()

    assert copy.records == expected()


def test_nothing_comes_twice_once_time_has_gone_on(pks):
    copy = Copy(ask)
    changes.publish(pks)
    copy.harvest()
    later(2)
    datestamps.advance()
    copy.harvest()

    copy.harvest()

    assert b"noRecordsMatch" in ask(f"verb=ListRecords&metadataPrefix=oai_dc&from={copy.since}")


def test_answer_is_never_dated_in_the_future(pks):
    CLOCKS.host.wrong_by = 3600
    changes.publish(pks)
    CLOCKS.host.wrong_by = 0

    assert datestamps.settled() == CLOCKS.now()


def history(turns):
    """In which order what was published, retitled and withdrawn at once has changed."""
    empty()
    pks = changes.fill(6)
    publication = PacedHand(lambda: changes.publish(pks), hold=True)
    others = [PacedHand(lambda: changes.retitle(pks[:3], "once")), PacedHand(lambda: changes.withdraw(pks[3:]))]
    hands = [publication, *others]
    for number, hand in enumerate(hands, 1):
        hand.begin()
        take_turns(hands[:number])
    assert not any(each.done.is_set() for each in others)
    publication.let_go()
    take_turns(hands, turns)
    for hand in hands:
        hand.end()
    found = Representation.objects.filter(kind=Kind.DOCUMENT).order_by("changed_at", "number")
    return list(found.values_list("identifier", "changed_at"))


def test_same_turns_are_the_same_history_and_others_another():
    one_at_a_time, by_turns = [(0, 1000)], [(1, 3), (0, 3)] * 20

    histories = [history(turns) for turns in (one_at_a_time, by_turns, one_at_a_time, by_turns)]

    assert histories[:2] == histories[2:]
    assert histories[0] != histories[1]


def settings_of(examples: int, steps: int) -> settings:
    """So many orders of things, of so many steps at most."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )


def test_copy_of_every_harvester_equals_the_database():
    run_state_machine_as_test(ArchiveAtWork, settings=settings_of(6, 15))


def dated_by_the_clock(patch) -> None:
    patch.setattr(datestamps, "settled_by", lambda last: datestamps.now())


def stamped_by_the_clock(patch) -> None:
    take = datestamps.take
    patch.setattr(datestamps, "take", lambda: min(take(), datestamps.now()))


def silent_about_leaving(patch) -> None:
    """Whoever leaves a set is taken out of it, and its harvesters hear nothing."""
    follow = representations._follow

    def follow_silently(rows) -> None:
        follow(rows)
        SetMembership.objects.filter(representation__in=rows, left=True).delete()

    patch.setattr(representations, "_follow", follow_silently)


def silent_about_units(patch) -> None:
    """A unit's title is changed, and nobody marks what tells of it."""
    patch.setattr(staleness, "_mark_units_around", lambda keys: None)


FAULTS = [dated_by_the_clock, stamped_by_the_clock, silent_about_leaving, silent_about_units]


@pytest.mark.soak
@pytest.mark.parametrize("fault", FAULTS)
def test_fault_that_is_put_in_is_found(fault, monkeypatch):
    fault(monkeypatch)

    # One is enough: several come as a group, which is no AssertionError.
    found = settings(settings_of(150, 15), phases=[Phase.generate], report_multiple_bugs=False)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(ArchiveAtWork, settings=found)


@pytest.mark.soak
def test_copy_of_every_harvester_equals_the_database_after_thousands_of_steps():
    run_state_machine_as_test(ArchiveAtWork, settings=settings_of(200, 50))
