"""Descriptions: what is said of a document, and how often the database is asked for it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.description import describe
from archive.models import Agent, ArchivalReference, Contribution
from tests.builders import a_collection, a_document, a_sender

pytestmark = pytest.mark.django_db


def a_rich_document(identifier: str) -> int:
    document = a_document(identifier)
    a_sender(document)
    ArchivalReference.objects.create(document=document, verbatim="APRF, fond 45", repository="APRF", fond="45")
    document.collections.add(a_collection(f"collection-{identifier}"))
    return document.pk


def test_describing_twenty_documents_takes_as_many_queries_as_describing_two():
    ids = [a_rich_document(str(n)) for n in range(20)]

    with CaptureQueriesContext(connection) as for_two:
        describe(ids[:2])
    with CaptureQueriesContext(connection) as for_twenty:
        assert len(describe(ids)) == 20

    assert len(for_twenty) == len(for_two)


def test_what_is_not_wanted_is_not_read():
    key = a_rich_document("110692")

    with CaptureQueriesContext(connection) as queries:
        (told,) = describe([key], with_sets=False, wanted={"contributions"})

    assert (len(told.contributions), told.references, told.collections) == (1, (), ())
    assert len(queries) == 2


def test_contribution_tells_the_person_and_the_name_on_the_paper():
    document = a_document()
    a_sender(document, "Stalin", as_written="Filippov")

    (sender,) = describe([document.pk])[0].contributions

    assert (sender.name, sender.as_written, sender.role) == ("Stalin", "Filippov", "sender")
    assert sender.agent_uri == f"https://archive.example.org/agents/{Agent.objects.get().identifier}"


def test_contributions_keep_the_order_of_the_document():
    document = a_document()
    for order, name in ((2, "Malenkov"), (0, "Stalin"), (1, "Molotov")):
        agent = Agent.objects.create(name=name)
        Contribution.objects.create(document=document, agent=agent, role="copy recipient", order=order)

    assert [c.name for c in describe([document.pk])[0].contributions] == ["Stalin", "Molotov", "Malenkov"]


def test_ids_that_do_not_exist_are_passed_over():
    document = a_document()

    assert [d.identifier for d in describe([0, document.pk, 999_999])] == [document.identifier]


def test_uri_is_made_from_the_public_base_url_with_its_path(settings):
    settings.FONDS = {**settings.FONDS, "PUBLIC_BASE_URL": "https://example.org/archive/"}

    assert describe([a_document().pk])[0].uri == "https://example.org/archive/documents/110692"
