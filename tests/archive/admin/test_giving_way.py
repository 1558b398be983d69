"""Whoever saves what waits for another, as that other waits for her, gives way and does not hear of it."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.urls import reverse

from archive.models import Agent, Contribution, Document
from tests.archive.admin.browser import filled_in
from tests.archive.test_locks import set_here, until_somebody_waits
from tests.builders import a_document
from tests.harvest.keeping.hands import Hand

pytestmark = [
    pytest.mark.usefixtures("several_connections"),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one lock for all"),
]


@pytest.fixture
def document(several_connections):
    return a_document(title="Telegram")


@pytest.fixture
def sender():
    return Agent.objects.create(name="Roshchin", kind="person")


@pytest.fixture
def typed(archivist, document, sender):
    """The form of a document with a new title and somebody who sent it."""
    row = {"agent": sender.pk, "role": "sender", "as_written": "Roshchin", "certain": "on", "order": 0}
    return filled_in(
        archivist,
        reverse("admin:archive_document_change", args=[document.pk]),
        title="Cable",
        **{"contributions-TOTAL_FORMS": 1, **{f"contributions-0-{name}": value for name, value in row.items()}},
    )


def while_another_has(sender, saving, *, wants):
    """Have somebody save until she waits for the sender, then ask for what she has. The first to wait is ended."""
    with transaction.atomic():
        set_here(deadlock_timeout="'30s'")
        Agent.objects.select_for_update().get(pk=sender.pk)
        saving.start()
        until_somebody_waits()
        wants()
    saving.end()


def test_what_she_typed_is_saved_when_the_other_is_through(archivist, document, sender, typed):
    answers = []
    address = reverse("admin:archive_document_change", args=[document.pk])
    saving = Hand(lambda: answers.append(archivist.post(address, typed)))

    while_another_has(sender, saving, wants=lambda: Document.objects.select_for_update().get(pk=document.pk))

    [answer] = answers
    assert answer.status_code == 302
    document.refresh_from_db()
    assert document.title == "Cable"
    assert list(Contribution.objects.values_list("document", "agent")) == [(document.pk, sender.pk)]
    assert document.revisions.filter(act="edited").count() == 1
