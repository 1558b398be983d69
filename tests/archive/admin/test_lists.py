"""Every list and every page opens, and asks the database as often for many rows as for few."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from archive import representations
from archive.models import (
    Accession,
    AccessionItem,
    AccessionSource,
    Agent,
    AgentName,
    Collection,
    Document,
    Original,
    Representation,
)
from archive.readers import Source
from tests.builders import a_collection, a_document, a_sender
from tests.sources import an_accession_source

pytestmark = pytest.mark.django_db

NOUNS = [
    *("document", "agent", "collection", "accession", "accessionsource", "accessionitem", "original"),
    "representation",
]


@pytest.fixture(autouse=True)
def no_renderers(monkeypatch):
    """A document has the one representation that is written below, whatever apps are installed."""
    monkeypatch.setattr(representations, "registry", representations.Registry())


def one_of_each(name: str) -> None:
    document = a_document(f"document-{name}")
    document.collections.add(a_collection(f"collection-{name}"))
    AgentName.objects.create(agent=a_sender(document, f"Agent {name}").agent, value="Another name")
    accession = Accession.objects.create(collection=Collection.objects.get(slug=f"collection-{name}"))
    handed_in = an_accession_source(Source(f"{name}.txt", name.encode()), accession=accession)
    AccessionItem.objects.create(accession=accession, source=handed_in, document=document)
    Representation.objects.create(
        document=document,
        number=document.pk,
        identifier=document.identifier,
        format="test",
        content=b"<x/>",
        changed_at=timezone.now(),
    )


@pytest.mark.parametrize("noun", NOUNS)
def test_list_asks_as_often_for_many_rows_as_for_few(archivist, noun):
    address = reverse(f"admin:archive_{noun}_changelist")
    one_of_each("first")
    archivist.get(address)
    with CaptureQueriesContext(connection) as for_one:
        assert archivist.get(address).status_code == 200
    for number in range(8):
        one_of_each(str(number))

    with CaptureQueriesContext(connection) as for_many:
        response = archivist.get(address)

    assert len(response.context["cl"].result_list) == 9
    assert len(for_many) <= len(for_one) <= 12


@pytest.mark.parametrize("noun", NOUNS)
def test_page_of_each_opens(archivist, noun):
    one_of_each("first")
    models = {
        "document": Document.objects.get(),
        "agent": Agent.objects.get(),
        "collection": Collection.objects.get(),
        "accession": Accession.objects.get(),
        "accessionsource": AccessionSource.objects.get(),
        "accessionitem": AccessionItem.objects.get(),
        "original": Original.objects.get(),
        "representation": Representation.objects.get(),
    }

    assert archivist.get(reverse(f"admin:archive_{noun}_change", args=[models[noun].pk])).status_code == 200


@pytest.mark.parametrize("noun", ["document", "agent", "collection", "accession"])
def test_page_to_add_one_opens(archivist, noun):
    assert archivist.get(reverse(f"admin:archive_{noun}_add")).status_code == 200


@pytest.mark.parametrize("noun", ["accessionsource", "accessionitem", "original", "representation"])
def test_what_verbs_write_cannot_be_added_or_deleted_by_hand(archivist, noun):
    one_of_each("first")
    models = {
        "accessionsource": AccessionSource,
        "accessionitem": AccessionItem,
        "original": Original,
        "representation": Representation,
    }
    address = reverse(f"admin:archive_{noun}_delete", args=[models[noun].objects.get().pk])

    assert archivist.get(reverse(f"admin:archive_{noun}_add")).status_code == 403
    assert archivist.post(address, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("noun", NOUNS)
def test_nobody_sees_a_list_without_logging_in(client, noun, db):
    assert client.get(reverse(f"admin:archive_{noun}_changelist")).status_code == 302


def test_content_of_a_representation_is_shown_as_text(archivist):
    one_of_each("first")
    Representation.objects.update(content=b"<script>alert(1)</script>")
    address = reverse("admin:archive_representation_change", args=[Representation.objects.get().pk])

    page = archivist.get(address).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_changing_a_list_asks_no_more_with_counts_shown(archivist):
    one_of_each("first")

    assert archivist.get(reverse("admin:archive_document_changelist"), {"_facets": "True"}).status_code == 200
