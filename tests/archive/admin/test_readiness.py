"""What a document lacks for aggregators is stored, shown, and can be searched for."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive import publication, readiness
from archive.accession import run, submit
from archive.inserting import AT_ONCE
from archive.models import Document, Readiness
from tests.archive.admin.browser import filled_in
from tests.archive.builders import a_full_document
from tests.builders import a_document
from tests.sources import FILIPPOV, source

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

LIST = reverse("admin:archive_document_changelist")


def address_of(document: Document) -> str:
    return reverse("admin:archive_document_change", args=[document.pk])


def found(client, **query) -> set[str]:
    return {document.identifier for document in client.get(LIST, query).context["cl"].result_list}


def ready_for(document: Document) -> set[str]:
    return set(document.readiness.filter(ready=True).values_list("profile", flat=True))


def test_lack_is_told_on_the_page_of_the_document(archivist):
    document = a_full_document(rights_uri="")
    readiness.assess([document.pk])

    html = archivist.get(address_of(document)).content.decode()

    assert "Europeana: not ready" in html
    assert "A rights statement from Europeana" in html
    assert "OAI Dublin Core: ready" in html


def test_saving_by_hand_mends_what_was_lacking(archivist, worked_off):
    document = a_full_document(rights_uri="")
    document.texts.filter(kind="original").delete()  # it has a character that no form takes
    readiness.assess([document.pk])

    uri = "http://rightsstatements.org/vocab/CNE/1.0/"
    data = filled_in(archivist, address_of(document), rights_uri=uri, statements="[]")
    worked_off(archivist, address_of(document), data)

    assert ready_for(document) == {"oai_dc", "dpla", "marcxml", "mets", "tei"}
    assert document.readiness.get(profile="europeana").lacking == ["subject", "scan"]


def test_documents_are_assessed_when_they_come_in_and_when_they_are_published():
    accession = submit([source(FILIPPOV)])
    run(accession.pk)
    document = accession.items.get().document

    assert ready_for(document) == {"oai_dc", "marcxml", "tei"}
    Document.objects.filter(pk=document.pk).update(rights_uri="http://rightsstatements.org/vocab/CNE/1.0/")
    publication.publish([document.pk])

    assert "dpla" in ready_for(document)


def test_list_is_filtered_by_readiness(archivist):
    ready, not_ready, unknown = a_full_document("1"), a_full_document("2", rights_uri=""), a_document("3")
    readiness.assess([ready.pk, not_ready.pk])

    assert found(archivist, ready="dpla") == {ready.identifier}
    assert found(archivist, ready="-dpla") == {not_ready.identifier}
    assert found(archivist, ready="unknown") == {unknown.identifier}


def test_assessing_asks_as_often_for_many_documents_as_for_few():
    """The few have more rows than one statement writes, with some left over for another."""
    few, many = ([a_full_document(f"{name}-{n}").pk for n in range(count)] for name, count in (("few", 4), ("many", 9)))
    readiness.assess(few)

    with CaptureQueriesContext(connection) as for_few:
        readiness.assess(few)
    with CaptureQueriesContext(connection) as for_many:
        readiness.assess(many)

    assert AT_ONCE < Readiness.objects.filter(document__in=few).count() < 2 * AT_ONCE
    assert len(for_many) == len(for_few)


def test_command_assesses_what_was_there_before():
    document = a_document()

    call_command("assess", "--all")

    assert Readiness.objects.filter(document=document).count() == 6
