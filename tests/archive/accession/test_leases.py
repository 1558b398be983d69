"""Workers that die, dawdle, or come back: the rows stay true."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerAwayError

from archive import accession, tasks
from archive.accession import rehearsal, work
from archive.models import Accession, AccessionItem, Document
from archive.readers import Source
from tests.sources import FILIPPOV, ROSHCHIN, source

pytestmark = pytest.mark.django_db

State = AccessionItem.State


@pytest.fixture
def submitted() -> Accession:
    """An accession of two telegrams whose hint got lost: within a test's transaction nothing is ever sent."""
    return accession.submit([source(ROSHCHIN), source(FILIPPOV)])


def expire(item: AccessionItem) -> None:
    AccessionItem.objects.filter(pk=item.pk).update(lease_expires_at=timezone.now() - timedelta(seconds=1))


def test_item_under_a_lease_is_not_taken_by_another(submitted):
    first, second = work.take(submitted.pk), work.take(submitted.pk)

    assert (first.position, second.position) == (1, 2)
    assert work.take(submitted.pk) is None


def test_item_whose_worker_died_is_taken_again(submitted):
    expire(work.take(submitted.pk))

    assert work.take(submitted.pk).attempts == 2


def test_accession_goes_on_where_a_killed_worker_left_it(submitted):
    work.work(work.take(submitted.pk))
    expire(work.take(submitted.pk))

    accession.run(submitted.pk)

    submitted.refresh_from_db()
    assert submitted.state == Accession.State.DONE
    assert Document.objects.count() == 2


def test_worker_that_lost_its_lease_writes_nothing(submitted):
    slow = work.take(submitted.pk)
    expire(slow)
    work.take(submitted.pk)

    work.work(slow)

    assert not Document.objects.exists()
    assert AccessionItem.objects.get(pk=slow.pk).state == State.TAKEN


def test_item_that_kills_its_worker_is_given_up_after_three_times(submitted):
    for _ in range(3):
        item = work.take(submitted.pk)
        assert item.position == 1
        expire(item)

    following = work.take(submitted.pk)

    item.refresh_from_db()
    assert following.position == 2
    assert item.state == State.FAILED
    assert "Tried 3 times" in item.reason


def test_accession_with_a_lost_hint_is_found(submitted):
    assert list(accession.unfinished()) == [submitted.pk]


def test_accession_that_somebody_works_on_is_left_alone(submitted):
    work.take(submitted.pk)

    assert list(accession.unfinished()) == []


def test_accession_whose_worker_died_is_found(submitted):
    expire(work.take(submitted.pk))

    assert list(accession.unfinished()) == [submitted.pk]


def test_accession_is_not_done_before_its_documents_are_public():
    submitted = accession.submit([source(ROSHCHIN)], publish=True)
    work.work(work.take(submitted.pk))
    Accession.objects.update(state=Accession.State.RUNNING)

    assert list(accession.unfinished()) == [submitted.pk]
    accession.run(submitted.pk)

    submitted.refresh_from_db()
    assert submitted.state == Accession.State.DONE
    assert Document.objects.public().count() == 1


def test_finished_accession_runs_again_without_a_trace(submitted):
    accession.run(submitted.pk)
    finished_at = Accession.objects.get().finished_at

    accession.run(submitted.pk)

    assert Accession.objects.get().finished_at == finished_at
    assert Document.objects.count() == 2


def test_unexpected_failure_is_tried_again_and_then_told(monkeypatch):
    submitted = accession.submit([Source("a.txt", ROSHCHIN.read_bytes())])

    def fail(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(work, "enter", fail)
    accession.run(submitted.pk)

    item = submitted.items.get()
    assert (item.state, item.attempts) == (State.FAILED, 3)
    assert item.reason == "OSError: the disk is full"


def test_original_that_the_store_lost_is_told_with_its_item_and_the_next_goes_on(submitted):
    lost = submitted.items.first().original
    lost.file.storage.delete(lost.file.name)

    accession.run(submitted.pk)

    first, second = submitted.items.order_by("position")
    assert (first.state, second.state) == (State.FAILED, State.CREATED)
    assert "FileNotFoundError" in first.reason


def test_fault_in_publishing_closes_the_accession_and_is_told(submitted, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("no such luck")

    monkeypatch.setattr(work, "refresh", fail)

    accession.run(submitted.pk)

    submitted.refresh_from_db()
    assert submitted.state == Accession.State.DONE_WITH_ERRORS
    assert {"no such luck" in each.reason for each in submitted.items.all()} == {True}
    assert list(accession.unfinished()) == []


def test_database_that_is_away_leaves_the_accession_to_the_sweeper(submitted, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(work, "refresh", away)
    with pytest.raises(OperationalError):
        accession.run(submitted.pk)
    monkeypatch.undo()
    Accession.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))

    assert list(accession.unfinished()) == [submitted.pk]
    accession.run(submitted.pk)
    assert Accession.objects.get().state == Accession.State.DONE


def test_worker_that_lost_the_accession_while_publishing_does_not_close_it(submitted, monkeypatch):
    def slow(documents, *, on_progress):
        Accession.objects.update(lease_expires_at=timezone.now() + timedelta(hours=1))  # another one has it now
        on_progress()

    monkeypatch.setattr(work, "refresh", slow)

    accession.run(submitted.pk)

    assert Accession.objects.get().state == Accession.State.RUNNING
    assert Accession.objects.get().lease_expires_at > timezone.now() + timedelta(minutes=30)


@pytest.mark.parametrize("error", [OSError("disk full"), BrokerAwayError("no broker")])
def test_broker_that_is_away_loses_nothing_and_who_submits_is_told(
    monkeypatch, django_capture_on_commit_callbacks, error
):
    def away(*args, **kwargs):
        raise error

    told = []
    monkeypatch.setattr(tasks.run_accession, "delay", away)

    with django_capture_on_commit_callbacks(execute=True):
        submitted = accession.submit([source(ROSHCHIN)], unheard=lambda: told.append("no queue"))

    assert told == ["no queue"]
    assert list(accession.unfinished()) == [submitted.pk]


@pytest.mark.parametrize("name", ["x" * 600 + ".txt", "Br\udce4nde.txt", "a\x00b.txt"])
def test_file_of_any_name_can_be_handed_in(name):
    submitted = accession.submit([Source(name, b"Nothing that any reader knows.\n")])

    assert submitted.items.get().name.endswith(".txt")


def test_rehearsal_goes_on_after_a_source_that_fails(monkeypatch):
    works = rehearsal.enter

    def fails_once(draft, **kwargs):
        monkeypatch.setattr(rehearsal, "enter", works)
        return Document.objects.create(title="")  # which the database does not take

    monkeypatch.setattr(rehearsal, "enter", fails_once)

    reports = accession.rehearse([source(ROSHCHIN), source(FILIPPOV)])

    assert [each.outcome for each in reports] == ["failed", "created"]
    assert Document.objects.count() == 0
