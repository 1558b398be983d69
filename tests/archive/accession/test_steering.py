"""Cancelling and retrying accessions: the states say what is."""

from __future__ import annotations

import pytest

from archive import accession
from archive.accession import work
from archive.models import Accession, AccessionItem, Document
from tests.archive.accession.test_leases import expire
from tests.sources import FILIPPOV, ROSHCHIN, source

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted() -> Accession:
    return accession.submit([source(ROSHCHIN), source(FILIPPOV)], publish=True)


def states(of: Accession) -> list[str]:
    return list(of.items.order_by("position").values_list("state", flat=True))


def test_cancelled_accession_takes_nothing_in(submitted):
    assert accession.cancel(submitted)
    accession.run(submitted.pk)

    submitted.refresh_from_db()
    assert (submitted.state, states(submitted)) == ("cancelled", ["cancelled", "cancelled"])
    assert submitted.finished_at
    assert not Document.objects.exists()


def test_what_is_in_work_comes_in_and_is_not_published(submitted):
    item = work.take(submitted.pk)
    accession.cancel(submitted)
    work.work(item)
    accession.run(submitted.pk)

    submitted.refresh_from_db()
    assert (submitted.state, states(submitted)) == ("cancelled", ["created", "cancelled"])
    assert Document.objects.get().state == "draft"


def test_item_in_work_keeps_a_cancelled_accession_open(submitted):
    Accession.objects.update(state="running")
    work.take(submitted.pk)
    accession.cancel(submitted)
    accession.run(submitted.pk)

    submitted.refresh_from_db()
    assert (submitted.state, states(submitted)) == ("running", ["taken", "cancelled"])


def test_item_of_a_dead_worker_is_left_out(submitted):
    expire(work.take(submitted.pk))
    accession.cancel(submitted)
    accession.run(submitted.pk)

    submitted.refresh_from_db()
    assert (submitted.state, states(submitted)) == ("cancelled", ["cancelled", "cancelled"])


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
    AccessionItem.objects.filter(position=1).update(state="failed", attempts=3, reason="The disk was full.")
    Accession.objects.update(state="done_with_errors")

    assert accession.retry(submitted) == 1
    accession.run(submitted.pk)

    submitted.refresh_from_db()
    assert (submitted.state, states(submitted)) == ("done", ["known", "created"])


def test_accession_in_work_is_not_retried(submitted):
    assert accession.retry(submitted) == 0
