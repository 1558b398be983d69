"""Archival units as a harvester sees them: items of their own, in one format, deleted for ever when they go."""

from __future__ import annotations

import pytest

from archive import publication
from archive.models import ArchivalReference, ArchivalUnit, Document
from archive.units import unit_at
from tests.archive.builders import a_document
from tests.harvest import schemas
from tests.harvest.answers import Answer

pytestmark = pytest.mark.django_db

WAY = {"repository": "APRF", "fond": "45", "opis": "1", "delo": "347"}
OURS = "oai:archive.example.org:"


@pytest.fixture
def held() -> Document:
    """A public document that is kept in a delo, whose identifier is that of the document."""
    document = a_document("110692")
    ArchivalReference.objects.create(document=document, unit=unit_at(WAY), verbatim="APRF, f. 45")
    ArchivalUnit.objects.filter(level="delo").update(identifier="110692")
    publication.publish([document.pk])
    return document


def test_units_are_listed_in_their_own_format_and_in_no_other(ask, held):
    others = {name for name in ask("verb=ListMetadataFormats").texts("//oai:metadataPrefix") if name != "ead3"}

    units = ask("verb=ListIdentifiers&metadataPrefix=ead3").identifiers

    assert len(units) == 4
    assert all(each.startswith("units/") for each in units)
    for prefix in others - {"edm", "mets"}:
        assert ask(f"verb=ListIdentifiers&metadataPrefix={prefix}").identifiers == ["110692"]


def test_unit_is_another_item_than_the_document_of_the_same_identifier(client, ask, held):
    unit, document = f"{OURS}units/110692", f"{OURS}110692"

    assert ask(f"verb=ListMetadataFormats&identifier={unit}").texts("//oai:metadataPrefix") == ["ead3"]
    assert "ead3" not in ask(f"verb=ListMetadataFormats&identifier={document}").texts("//oai:metadataPrefix")
    record = Answer.of(client.get(f"/oai?verb=GetRecord&metadataPrefix=ead3&identifier={unit}").content)
    assert record.identifiers == ["units/110692"]
    assert ask(f"verb=GetRecord&metadataPrefix=ead3&identifier={document}").errors == ["cannotDisseminateFormat"]
    assert ask(f"verb=GetRecord&metadataPrefix=oai_dc&identifier={unit}").errors == ["cannotDisseminateFormat"]


def test_unit_is_in_the_sets_of_its_branch(ask, held):
    listed = ask("verb=ListIdentifiers&metadataPrefix=ead3&set=fond:45:opis:1")

    assert len(listed.identifiers) == 2
    assert len(ask("verb=ListIdentifiers&metadataPrefix=ead3&set=repository:APRF").identifiers) == 4


def test_unit_whose_last_document_goes_is_told_as_deleted(ask, held):
    publication.withdraw([held.pk])

    assert len(ask("verb=ListRecords&metadataPrefix=ead3").deleted) == 4
    assert ask(f"verb=GetRecord&metadataPrefix=ead3&identifier={OURS}units/110692").deleted == ["units/110692"]
    assert ask(f"verb=ListMetadataFormats&identifier={OURS}units/110692").texts("//oai:metadataPrefix") == ["ead3"]


def test_unit_of_drafts_does_not_exist(ask):
    document = a_document("110692")
    ArchivalReference.objects.create(document=document, unit=unit_at(WAY), verbatim="APRF, f. 45")
    unit = ArchivalUnit.objects.get(level="fond").identifier

    assert ask("verb=ListRecords&metadataPrefix=ead3").errors == ["noRecordsMatch"]
    assert ask(f"verb=ListMetadataFormats&identifier={OURS}units/{unit}").errors == ["idDoesNotExist"]


def test_whole_list_keeps_the_schema(client, held, settings):
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 3}

    query, seen = "verb=ListRecords&metadataPrefix=ead3", []
    while query:
        answer = Answer.of(client.get(f"/oai?{query}").content, schemas.strict("ead3"))
        seen += answer.identifiers
        query = answer.next and f"verb=ListRecords&{answer.next}"

    assert len(set(seen)) == len(seen) == 4


def test_rdf_is_given_to_harvesters_as_it_is_to_browsers(client, ask, held):
    answer = client.get(f"/oai?verb=GetRecord&metadataPrefix=rdfxml&identifier={OURS}110692").content

    stored = bytes(held.representations.get(format="rdfxml").content)
    assert b"<metadata>" + stored + b"</metadata>" in answer
    assert client.get("/documents/110692.rdf").content == stored
