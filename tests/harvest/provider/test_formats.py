"""Whole answers in each format, held against the protocol's strict schema with that of the format."""

from __future__ import annotations

import pytest

from harvest.formats import FORMATS, OFFERED
from tests.archive.builders import a_full_document
from tests.builders import published
from tests.harvest import schemas
from tests.harvest.answers import Answer
from tests.harvest.builders import NOON, document, record, withdraw

pytestmark = pytest.mark.django_db

each_format = pytest.mark.parametrize("prefix", [form.format for form in FORMATS])


@each_format
def test_whole_list_keeps_the_schema(client, settings, prefix):
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 2}
    for n in range(3):
        published(a_full_document(f"full{n}", title=f"Telegram \x1a{n} & <Филиппов>"))
    withdraw(published(a_full_document("withdrawn")), at=NOON)

    query, identifiers = f"verb=ListRecords&metadataPrefix={prefix}", set()
    while query:
        answer = Answer.of(client.get(f"/oai?{query}").content, schemas.strict(prefix))
        identifiers.update(answer.identifiers)
        query = answer.next and f"verb=ListRecords&{answer.next}"

    assert identifiers == {"full0", "full1", "full2", "withdrawn"}


def test_document_that_europeana_would_refuse_has_no_record_in_edm(ask):
    record("bare")

    answer = ask("verb=GetRecord&metadataPrefix=edm&identifier=oai:archive.example.org:bare")

    assert answer.errors == ["cannotDisseminateFormat"]
    listed = ask("verb=ListMetadataFormats&identifier=oai:archive.example.org:bare")
    assert "edm" not in listed.texts("//oai:metadataPrefix")
    assert "mods" in listed.texts("//oai:metadataPrefix")


def test_record_is_taken_back_when_the_rights_that_it_needs_are_taken_away(client):
    from archive import publication
    from archive.models import Document

    made = published(a_full_document("110692"))
    Document.objects.filter(pk=made.pk).update(rights_uri="")
    publication.refresh([made.pk])

    answer = Answer.of(client.get("/oai?verb=ListRecords&metadataPrefix=edm").content)

    assert answer.deleted == ["110692"]


def test_formats_are_told_with_schema_and_namespace(ask):
    document("a")

    answer = ask("verb=ListMetadataFormats")

    assert answer.texts("//oai:metadataPrefix") == [form.format for form in OFFERED]
    assert answer.texts("//oai:schema") == [form.schema for form in OFFERED]
