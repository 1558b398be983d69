"""Cancelling and retrying accessions: the states say what is."""

from __future__ import annotations

import pytest

from archive import accession
from archive.accession import entering, reading
from archive.accession.originals import Kept
from archive.models import Accession, AccessionItem, Document
from tests.archive.accession.test_leases import expire
from tests.sources import FILIPPOV, ROSHCHIN, source

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted() -> Accession:
    return accession.submit([source(ROSHCHIN), source(FILIPPOV)], publish=True)


@pytest.fixture
def was_read(submitted) -> Accession:
    reading.read(reading.take(submitted.pk), Kept())
    return submitted


def states(of: Accession) -> list[str]:
    return list(of.items.order_by("source__position").values_list("state", flat=True))


def test_cancelled_accession_takes_nothing_in(submitted):
    assert accession.cancel(submitted)
    accession.run(submitted.pk)

    submitted.refresh_from_db()
    assert submitted.state == "cancelled"
    assert {each.state for each in submitted.sources.all()} == {"cancelled"}
    assert submitted.finished_at
    assert not Document.objects.exists()


def test_documents_of_a_cancelled_accession_that_were_only_read_are_left_out(was_read):
    assert accession.cancel(was_read)
    accession.run(was_read.pk)

    was_read.refresh_from_db()
    assert (was_read.state, states(was_read)) == ("cancelled", ["cancelled", "cancelled"])
    assert not Document.objects.exists()


def test_what_is_in_work_comes_in_and_is_not_published(was_read):
    batch = entering.take(was_read.pk, limit=1)
    accession.cancel(was_read)
    entering.enter(batch)
    accession.run(was_read.pk)

    was_read.refresh_from_db()
    assert (was_read.state, states(was_read)) == ("cancelled", ["created", "cancelled"])
    assert Document.objects.get().state == "draft"


def test_item_in_work_keeps_a_cancelled_accession_open(was_read):
    Accession.objects.update(state="running")
    entering.take(was_read.pk, limit=1)
    accession.cancel(was_read)
    accession.run(was_read.pk)

    was_read.refresh_from_db()
    assert (was_read.state, states(was_read)) == ("running", ["taken", "cancelled"])


def test_source_in_work_keeps_a_cancelled_accession_open(submitted, monkeypatch):
    Accession.objects.update(state="running")
    reading.take(submitted.pk, limit=1)
    accession.cancel(submitted)
    monkeypatch.setattr("archive.accession.work._being_read", lambda accession_id: False)  # nobody waits for it here
    accession.run(submitted.pk)

    submitted.refresh_from_db()
    assert submitted.state == "running"
    assert [each.state for each in submitted.sources.all()] == ["taken", "cancelled"]


def test_item_of_a_dead_worker_is_left_out(was_read):
    expire(*entering.take(was_read.pk, limit=1))
    accession.cancel(was_read)
    accession.run(was_read.pk)

    was_read.refresh_from_db()
    assert (was_read.state, states(was_read)) == ("cancelled", ["cancelled", "cancelled"])


def test_accession_that_ended_is_not_cancelled(submitted):
    accession.run(submitted.pk)

    assert not accession.cancel(submitted)
    submitted.refresh_from_db()
    assert submitted.state == "done"


def test_retry_takes_up_what_was_left_out(submitted):
    accession.cancel(submitted)
    accession.run(submitted.pk)

    assert accession.retry(submitted) == 2
    accession.run(submitted.pk)

    submitted.refresh_from_db()
    assert (submitted.state, states(submitted)) == ("done", ["created", "created"])
    assert set(Document.objects.values_list("state", flat=True)) == {"published"}


def test_retry_takes_up_what_failed_and_nothing_else(submitted):
    accession.run(submitted.pk)
    AccessionItem.objects.filter(source__position=1).update(state="failed", attempts=3, reason="The disk was full.")
    Accession.objects.update(state="done_with_errors")

    assert accession.retry(submitted) == 1
    accession.run(submitted.pk)

    submitted.refresh_from_db()
    assert (submitted.state, states(submitted)) == ("done", ["known", "created"])


def test_accession_in_work_is_not_retried(submitted):
    assert accession.retry(submitted) == 0
