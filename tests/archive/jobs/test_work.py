"""Workers that die, fail or are stopped: the rows of a job stay true."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from archive import jobs, tasks
from archive.inserting import AT_ONCE
from archive.jobs import work
from archive.jobs.operations.add_subject import AddSubject
from archive.jobs.operations.publish import Publish
from archive.jobs.operations.withdraw import Withdraw
from archive.models import Document, Job, Subject
from tests.archive.jobs.builders import a_subject, documents, expire, run, states, submitted
from tests.builders import a_published_document

pytestmark = pytest.mark.django_db


def power_cut(*args):
    """What a worker sees last: nothing can be written any more."""
    raise OperationalError("the server has gone away")


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(AddSubject, "batch", 2)


def first_batch(job: Job) -> Job:
    """What a worker does that is killed after its first batch."""
    taken = work.take(job.pk)
    operation = jobs.operation_of(job.kind).parse(job.parameters)
    work.work(taken, operation, work.next_batch(taken, size=operation.batch))
    return taken


def break_on(monkeypatch, *identifiers: str) -> None:
    """Let the operation fail on some documents, after it has changed all of its batch."""
    change = AddSubject.change

    def changing(self, ids):
        change(self, ids)
        if Document.objects.filter(pk__in=ids, identifier__in=identifiers).exists():
            raise ValueError("this one cannot be changed")

    monkeypatch.setattr(AddSubject, "change", changing)


def test_all_documents_are_done_batch_by_batch():
    documents(5)

    job = run(submitted())

    assert (job.state, states(job), job.total) == ("done", ["done"] * 5, 5)
    assert Subject.objects.count() == 5
    assert job.finished_at


def test_job_under_a_lease_is_not_taken_by_another():
    documents(1)
    job = submitted()

    assert work.take(job.pk)
    assert work.take(job.pk) is None
    assert list(jobs.unfinished()) == []


def test_job_goes_on_where_a_killed_worker_left_it():
    documents(5)
    job = submitted()
    taken = first_batch(job)
    work.next_batch(taken, size=2)  # and then it is killed
    expire(job)

    assert list(jobs.unfinished()) == [job.pk]
    run(job)

    assert (job.state, states(job)) == ("done", ["done"] * 5)
    assert Subject.objects.count() == 5


def test_worker_that_lost_its_lease_writes_nothing():
    documents(2)
    job = submitted()
    slow = work.take(job.pk)
    batch = work.next_batch(slow, size=2)
    expire(job)
    work.take(job.pk)

    with pytest.raises(work.LeaseLost):
        work.work(slow, a_subject(), batch)

    assert not Subject.objects.exists()
    assert states(job) == ["queued", "queued"]


def test_sweeper_finds_a_job_with_a_lost_hint():
    documents(1)
    job = submitted()

    tasks.sweep()

    job.refresh_from_db()
    assert job.state == "done"


def test_document_that_fails_fails_alone(monkeypatch):
    documents(5)
    break_on(monkeypatch, "d2")

    job = run(submitted())

    assert (job.state, states(job)) == ("done_with_errors", ["done", "done", "failed", "done", "done"])
    assert job.items.get(state="failed").message == "ValueError: this one cannot be changed"
    assert not Subject.objects.filter(document__identifier="d2").exists()


def test_job_of_which_nothing_succeeded_has_failed(monkeypatch):
    documents(2)
    break_on(monkeypatch, "d0", "d1")

    assert run(submitted()).state == "failed"


def test_document_that_kills_its_worker_is_given_up_after_three_times():
    documents(1)
    job = submitted()
    for _ in range(3):
        work.next_batch(work.take(job.pk), size=2)
        expire(job)

    run(job)

    assert (job.state, states(job)) == ("failed", ["failed"])
    assert "The worker ended each time" in job.items.get().message


def test_document_that_is_deleted_meanwhile_is_reported():
    documents(2)
    job = submitted()
    Document.objects.get(identifier="d0").delete()

    run(job)

    assert list(job.items.order_by("id").values_list("identifier", "state")) == [("d0", "failed"), ("d1", "done")]


def test_queued_job_is_cancelled_at_once():
    documents(2)
    job = submitted()

    assert jobs.cancel(job)

    job.refresh_from_db()
    assert (job.state, states(job)) == ("cancelled", ["cancelled", "cancelled"])
    run(job)
    assert not Subject.objects.exists()


def test_running_job_stops_between_batches():
    documents(5)
    job = submitted()
    taken = first_batch(job)

    jobs.cancel(job)
    job.refresh_from_db()
    assert (job.state, job.cancel_requested) == ("running", True)
    assert work.next_batch(taken, size=2) == []
    work.close(taken)

    job.refresh_from_db()
    assert (job.state, states(job)) == ("cancelled", ["done", "done", "cancelled", "cancelled", "cancelled"])
    assert Subject.objects.count() == 2


def test_job_that_ended_is_not_cancelled():
    documents(1)
    job = run(submitted())

    assert not jobs.cancel(job)
    job.refresh_from_db()
    assert job.state == "done"


def test_cancelled_job_goes_on_when_it_is_retried():
    documents(3)
    job = submitted()
    jobs.cancel(job)

    assert jobs.retry(job) == 3
    run(job)

    assert (job.state, states(job)) == ("done", ["done"] * 3)


def test_retry_takes_up_what_failed_and_nothing_else(monkeypatch):
    documents(3)
    with monkeypatch.context() as broken:
        break_on(broken, "d1")
        job = run(submitted())

    assert jobs.retry(job) == 1
    job.refresh_from_db()
    assert (job.state, job.finished_at) == ("queued", None)
    run(job)

    assert (job.state, states(job)) == ("done", ["done"] * 3)
    assert Subject.objects.count() == 3


def test_undo_leaves_what_a_person_changed_since():
    documents(2)
    job = run(submitted())
    Document.objects.filter(identifier="d0").update(title="Another title")

    undoing = run(jobs.undo(job))

    assert states(undoing) == ["unchanged", "done"]
    assert "changed since" in undoing.items.first().message
    assert [each.document.identifier for each in Subject.objects.all()] == ["d0"]
    assert states(job) == ["done", "undone"]


def test_undo_of_a_withdrawal_leaves_what_was_published_again():
    a_published_document("1", body="one")
    a_published_document("2", body="two")
    job = run(submitted(Withdraw("Rights were claimed.")))
    again = Document.objects.filter(identifier="1")
    run(jobs.submit(Publish(), again))
    run(jobs.submit(Withdraw("Claimed again."), again))

    undoing = run(jobs.undo(job))

    assert dict(Document.objects.values_list("identifier", "state")) == {"1": "withdrawn", "2": "published"}
    assert states(undoing) == ["unchanged", "done"]


def test_undo_goes_on_where_a_killed_worker_left_it(monkeypatch):
    monkeypatch.setattr(jobs.operation_of("undo_edit"), "batch", 2)
    documents(3)
    undoing = jobs.undo(run(submitted()))
    first_batch(undoing)
    expire(undoing)

    run(undoing)

    assert (undoing.state, states(undoing)) == ("done", ["done"] * 3)
    assert not Subject.objects.exists()


def test_undo_of_a_withdrawal_counts_what_a_killed_worker_had_undone(monkeypatch):
    a_published_document("1", body="one")
    job = run(submitted(Withdraw("Rights were claimed.")))
    undoing = jobs.undo(job)
    with monkeypatch.context() as killed:
        killed.setattr(work, "report", power_cut)
        with pytest.raises(OperationalError):
            work.run(undoing.pk)
    expire(undoing)

    run(undoing)

    assert (states(undoing), states(job)) == (["done"], ["undone"])


def test_publication_counts_what_a_killed_worker_had_published():
    documents(2)
    job = submitted(Publish())
    taken = work.take(job.pk)
    batch = work.next_batch(taken, size=20)
    Publish().apply([item.document_id for item in batch], jobs.work.Work(taken))  # killed before the report
    expire(job)

    run(job)

    assert (job.state, states(job)) == ("done", ["done", "done"])


@pytest.mark.parametrize("state", ["open", "nothing left", "an undo"])
def test_undo_is_refused_where_there_is_nothing_to_undo(state):
    documents(1)
    job = submitted()
    if state != "open":
        undoing = jobs.undo(run(job))
        run(undoing)
        job = undoing if state == "an undo" else job

    with pytest.raises(jobs.CannotBeUndone):
        jobs.undo(job)


def test_cost_of_a_batch_does_not_grow_with_its_documents(monkeypatch):
    monkeypatch.setattr(AddSubject, "batch", 100)
    counts = []
    # Either are more than one statement writes, with some left over for another.
    for name, count in (("few", AT_ONCE + 2), ("many", 2 * AT_ONCE + 4)):
        made = [Document.objects.create(identifier=f"{name}{number}", title="One").pk for number in range(count)]
        job = jobs.submit(a_subject(), Document.objects.filter(pk__in=made))
        with CaptureQueriesContext(connection) as queries:
            run(job)
        counts.append(len(queries))

    assert counts[0] == counts[1]
