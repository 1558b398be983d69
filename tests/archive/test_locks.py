"""Locks: whoever changes documents takes them in the order of their keys, so that nobody waits in a circle."""

from __future__ import annotations

import time

import pytest
from django.db import connection, transaction

from archive import jobs
from archive.accession.units import _touch
from archive.jobs.operations.withdraw import Withdraw
from archive.models import Agent, ArchivalReference, Contribution, Document, DocumentRelation, Kind, Stale
from archive.naming import documents_naming
from archive.publication import mark_stale, publish
from archive.publication.batches import locked
from archive.units import unit_at
from tests.builders import a_document, a_published_document
from tests.harvest.keeping.hands import Hand

pytestmark = [
    pytest.mark.usefixtures("several_connections"),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one lock for all"),
]


@pytest.fixture
def documents(several_connections):
    """Three public documents; the first names the last. The first lies behind the others in the table."""
    first, second, last = (a_published_document(name) for name in ("a", "b", "c"))
    DocumentRelation.objects.create(document=first, target=last, kind="refers to")
    Document.objects.filter(pk=first.pk).update(title="Written anew")
    return first, second, last


def locking_one_after_the_other(first: Document, last: Document, *, meanwhile: Hand) -> None:
    """What a verb does in its order; while it has the first document alone, another begins."""
    with transaction.atomic():
        list(locked([first.pk]).values_list("pk"))
        meanwhile.start()
        until_somebody_waits()
        set_here(lock_timeout="'400ms'")  # before PostgreSQL looks for circles, and ends one of those who wait
        list(locked([last.pk]).values_list("pk"))
    meanwhile.end()


def until_somebody_waits() -> None:
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
        time.sleep(0.05)
    raise AssertionError("nobody came to where they have to wait")


def set_here(**values: str) -> None:
    """Settings of PostgreSQL, for this transaction."""
    with connection.cursor() as cursor:
        for name, value in values.items():
            cursor.execute(f"SET LOCAL {name} = {value}")


def test_withdrawal_waits_for_who_holds_a_document_that_names_its_own(documents):
    first, _, last = documents

    def withdraw() -> None:
        jobs.submit(Withdraw(reason="Rights"), Document.objects.filter(pk=last.pk))

    locking_one_after_the_other(first, last, meanwhile=Hand(withdraw))

    last.refresh_from_db()
    assert last.state == Document.State.WITHDRAWN


def test_finding_aid_waits_for_who_holds_the_first_of_its_documents(documents):
    first, _, last = documents
    unit = unit_at({"repository": "APRF", "fond": "45", "opis": "1"})
    for each in documents:
        ArchivalReference.objects.create(document=each, unit=unit, verbatim="APRF, f. 45")
    before = list(Document.objects.order_by("pk").values_list("modified_at", flat=True))

    @transaction.atomic
    def touch() -> None:
        set_here(enable_indexscan="off", enable_bitmapscan="off", enable_indexonlyscan="off")  # rows as they lie
        _touch([unit])

    locking_one_after_the_other(first, last, meanwhile=Hand(touch))

    after = list(Document.objects.order_by("pk").values_list("modified_at", flat=True))
    assert all(late > early for early, late in zip(before, after, strict=True))


def test_document_that_becomes_public_while_others_are_marked_is_not_waited_for(several_connections):
    agent = Agent.objects.create(name="Roshchin", kind="person")
    shown, coming = a_published_document("shown"), a_document("coming")
    for each in (shown, coming):
        Contribution.objects.create(document=each, agent=agent, role="sender", as_written="Roshchin")
    holder = Hand(lambda: list(locked([coming.pk]).values_list("pk")), hold=True)

    def publish_and_hold() -> None:
        publishing = Hand(lambda: publish([coming.pk]))
        publishing.start()
        publishing.end()
        holder.start()
        assert holder.done.wait(60)

    def before_the_update(execute, sql, *rest):
        if sql.startswith('UPDATE "archive_document" SET "refreshed_at"') and not holder.ident:
            publish_and_hold()
        return execute(sql, *rest)

    with transaction.atomic():
        set_here(lock_timeout="'400ms'")
        with connection.execute_wrapper(before_the_update):
            assert mark_stale(documents_naming(agent)) == [shown.pk]
    holder.end()

    shown.refresh_from_db()
    assert shown.refreshed_at is None
    assert Stale.objects.filter(kind=Kind.DOCUMENT, thing=coming.pk).exists()  # for look_again
