"""Workers that die, dawdle, or come back: the rows stay true."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerAwayError

from archive import accession, tasks
from archive.accession import entering, reading, work
from archive.accession.originals import Kept
from archive.models import Accession, AccessionItem, AccessionSource, Document
from archive.models.accession import Leased
from archive.readers import Source
from tests.builders import a_document
from tests.sources import FILIPPOV, ROSHCHIN, source

pytestmark = pytest.mark.django_db

State = AccessionItem.State


@pytest.fixture(autouse=True)
def no_patience(settings):
    """What failed is tried again at once."""
    settings.FONDS = {**settings.FONDS, "RETRY_SECONDS": 0}


@pytest.fixture
def submitted() -> Accession:
    """An accession of two telegrams whose hint got lost: within a test's transaction nothing is ever sent."""
    return accession.submit([source(ROSHCHIN), source(FILIPPOV)])


@pytest.fixture
def was_read(submitted) -> Accession:
    """The same, its sources read."""
    reading.read(reading.take(submitted.pk), Kept())
    return submitted


def expire(*rows: Leased) -> None:
    for each in rows:
        type(each).objects.filter(pk=each.pk).update(lease_expires_at=timezone.now() - timedelta(seconds=1))


def test_source_under_a_lease_is_not_taken_by_another(submitted):
    (first,), (second,) = reading.take(submitted.pk, limit=1), reading.take(submitted.pk, limit=1)

    assert (first.position, second.position) == (1, 2)
    assert reading.take(submitted.pk) == []


def test_item_under_a_lease_is_not_taken_by_another(was_read):
    (first,), (second,) = entering.take(was_read.pk, limit=1), entering.take(was_read.pk, limit=1)

    assert (first.source.position, second.source.position) == (1, 2)
    assert entering.take(was_read.pk) == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time, so nothing is divided")
def test_one_worker_leaves_the_half_to_another_until_few_are_left():
    submitted = accession.submit([Source(f"{number}.txt", str(number).encode()) for number in range(450)])

    assert [len(reading.take(submitted.pk)) for _ in range(5)] == [225, 113, 100, 12, 0]


def test_source_whose_worker_died_is_taken_again(submitted):
    expire(*reading.take(submitted.pk, limit=1))
    reading.read(reading.take(submitted.pk), Kept())

    assert [each.attempts for each in reading.take(submitted.pk)] == [2]


def test_item_whose_worker_died_is_taken_again(was_read):
    expire(*entering.take(was_read.pk, limit=1))
    entering.enter(entering.take(was_read.pk))

    assert [each.attempts for each in entering.take(was_read.pk)] == [2]


def test_accession_goes_on_where_a_killed_worker_left_it(was_read):
    entering.enter(entering.take(was_read.pk, limit=1))
    expire(*entering.take(was_read.pk))

    accession.run(was_read.pk)

    was_read.refresh_from_db()
    assert was_read.state == Accession.State.DONE
    assert Document.objects.count() == 2


def test_worker_that_lost_its_lease_writes_nothing(was_read):
    slow = entering.take(was_read.pk)
    expire(*slow)
    entering.take(was_read.pk)

    entering.enter(slow)

    assert not Document.objects.exists()
    assert set(AccessionItem.objects.values_list("state", flat=True)) == {State.TAKEN}


def test_refused_item_does_not_name_a_document_again_that_was_deleted_meanwhile(was_read, monkeypatch):
    known = a_document()
    was_read.items.update(document=known)
    batch = entering.take(was_read.pk)
    known.delete()
    refused = [accession.Entry(accession.Outcome.REFUSED, None, reason="It does not fit.")] * len(batch)
    monkeypatch.setattr(entering, "enter_all", lambda *_, **__: refused)

    entering.enter(batch)

    assert set(was_read.items.values_list("state", "document")) == {(State.REFUSED, None)}


def test_reader_that_lost_its_lease_writes_nothing(submitted):
    slow = reading.take(submitted.pk)
    expire(*slow)
    reading.take(submitted.pk)
    reading.take(submitted.pk)

    reading.read(slow, Kept())

    assert not AccessionItem.objects.exists()
    assert set(AccessionSource.objects.values_list("state", flat=True)) == {State.TAKEN}


@pytest.mark.parametrize("stage", [reading, entering])
def test_what_kills_its_worker_is_given_up_after_three_times(submitted, stage):
    if stage is entering:
        reading.read(reading.take(submitted.pk), Kept())
    for _ in range(3):
        poisonous, *others = stage.take(submitted.pk)
        assert poisonous.pk == stage.rows().first().pk
        expire(poisonous, *others)

    (following,) = stage.take(submitted.pk)

    poisonous.refresh_from_db()
    assert following.pk != poisonous.pk
    assert poisonous.state == State.FAILED
    assert "Tried 3 times" in poisonous.reason


def test_accession_with_a_lost_hint_is_found(submitted):
    assert list(accession.unfinished()) == [submitted.pk]


def test_accession_that_somebody_works_on_is_left_alone(submitted):
    reading.take(submitted.pk)

    assert list(accession.unfinished()) == []


def test_accession_whose_worker_died_is_found(submitted):
    expire(*reading.take(submitted.pk))

    assert list(accession.unfinished()) == [submitted.pk]


def test_accession_is_not_done_before_its_documents_are_public():
    submitted = accession.submit([source(ROSHCHIN)], publish=True)
    reading.read(reading.take(submitted.pk), Kept())
    entering.enter(entering.take(submitted.pk))
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

    monkeypatch.setattr(entering, "enter_all", fail)
    accession.run(submitted.pk)

    item = submitted.items.get()
    assert (item.state, item.attempts) == (State.FAILED, 3)
    assert item.reason == "OSError: the disk is full"


def test_document_that_fails_does_not_take_its_batch_with_it(was_read, monkeypatch):
    works = entering.enter_all

    def fails_with_the_first(arrivals, **kwargs):
        if any(each.source.position == 1 for each in arrivals):
            raise OSError("this one cannot be entered")
        return works(arrivals, **kwargs)

    monkeypatch.setattr(entering, "enter_all", fails_with_the_first)
    accession.run(was_read.pk)

    first, second = was_read.items.order_by("source__position")
    assert (first.state, first.attempts) == (State.FAILED, 3)
    assert (second.state, second.attempts) == (State.CREATED, 1)


def test_what_failed_is_not_tried_again_at_once(was_read, settings, monkeypatch):
    settings.FONDS = {**settings.FONDS, "RETRY_SECONDS": 60}
    monkeypatch.setattr(entering, "enter_all", lambda *args, **kwargs: 1 / 0)

    entering.enter(entering.take(was_read.pk))

    assert entering.take(was_read.pk) == []
    assert {each.retry_at > timezone.now() for each in was_read.items.all()} == {True}


def test_original_that_the_store_lost_is_told_with_its_source_and_the_next_goes_on(submitted):
    lost = submitted.sources.first().original
    lost.file.storage.delete(lost.file.name)

    accession.run(submitted.pk)

    first, second = submitted.sources.order_by("position")
    assert (first.state, second.state) == (State.FAILED, "read")
    assert "FileNotFoundError" in first.reason
    assert submitted.items.get().state == State.CREATED


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


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("x" * 600 + ".txt", "x" * 496 + ".txt"),
        ("Br\udce4nde.txt", "Br?nde.txt"),
        ("a\x00b.txt", "a?b.txt"),
        ("\x1b[2Ja.txt", "?[2Ja.txt"),
        ("a\u202etxt.exe", "a?txt.exe"),
        ("手紙\u3000نامه\u200cها.txt", "手紙\u3000نامه\u200cها.txt"),
    ],
)
def test_file_of_any_name_can_be_handed_in_and_is_told_by_what_can_be_shown(name, shown):
    submitted = accession.submit([Source(name, b"Nothing that any reader knows.\n")])

    assert submitted.sources.get().name == shown


def test_rehearsal_goes_on_after_a_source_that_fails(monkeypatch):
    works = entering.enter_all

    def fails_with_the_first(arrivals, **kwargs):
        if any(each.source.position == 1 for each in arrivals):
            return Document.objects.create(title="")  # which the database does not take
        return works(arrivals, **kwargs)

    monkeypatch.setattr(entering, "enter_all", fails_with_the_first)

    reports = accession.rehearse([source(ROSHCHIN), source(FILIPPOV)])

    assert [each.outcome for each in reports] == ["failed", "created"]
    assert Document.objects.count() == 0
