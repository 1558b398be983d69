"""Provenance: harvested records tell in ``about`` where they came from, and what that repository told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import etree

from archive.models import Document
from harvest.client.provenance import Origin
from harvest.models import HarvestedRecord, HarvestSource
from harvest.provider.provenance import written
from tests.harvest import schemas
from tests.harvest.answers import Answer
from tests.harvest.builders import record

pytestmark = pytest.mark.django_db

P = "{http://www.openarchives.org/OAI/2.0/provenance}"
FIRST = Origin("https://old.example.org/oai", "oai:old:1", "2001-01-01", "urn:dc", "2002-02-02T10:00:00Z", False)


def harvested(identifier: str, *, origins: tuple[Origin, ...] = ()) -> None:
    """A record of ours that was harvested from elsewhere."""
    made = record(identifier)
    Document.objects.filter(pk=made.pk).update(identity=f"oai:oai:near.example.org:{identifier}")
    source, _ = HarvestSource.objects.get_or_create(base_url="https://near.example.org/oai", defaults={"name": "Near"})
    HarvestedRecord.objects.create(
        source=source, identifier=f"oai:near.example.org:{identifier}", datestamp="2024-01-01",
        base_url=source.base_url, metadata_namespace="http://www.openarchives.org/OAI/2.0/oai_dc/",
        harvested_at=datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC),
        origins=[{name: getattr(each, name) for name in Origin.__slots__} for each in origins],
    )  # fmt: skip


def origins_in(answer: Answer) -> list[list[str]]:
    """The base URLs told of each record, from the nearest on."""
    records = answer.root.iter("{http://www.openarchives.org/OAI/2.0/}record")
    return [[each.text for each in one.iter(f"{P}baseURL")] for one in records]


def test_harvested_record_tells_where_it_came_from(ask):
    harvested("1")

    answer = ask("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:1")

    [origin] = answer.root.iter(f"{P}originDescription")
    assert dict(origin.attrib) == {"harvestDate": "2024-02-03T04:05:06Z", "altered": "true"}
    assert [each.text for each in origin] == [
        "https://near.example.org/oai",
        "oai:near.example.org:1",
        "2024-01-01",
        "http://www.openarchives.org/OAI/2.0/oai_dc/",
    ]


def test_what_that_repository_told_stands_within(ask):
    harvested("1", origins=(FIRST,))

    answer = ask("verb=ListRecords&metadataPrefix=oai_dc")

    assert origins_in(answer) == [["https://near.example.org/oai", "https://old.example.org/oai"]]
    [inner] = answer.root.iterfind(f".//{P}originDescription/{P}originDescription")
    assert inner.get("altered") == "false"


def test_only_harvested_records_tell_of_it(ask):
    harvested("1")
    record("2")

    assert origins_in(ask("verb=ListRecords&metadataPrefix=oai_dc")) == [["https://near.example.org/oai"], []]


def test_provenance_keeps_its_schema():
    chain = (FIRST, replace(FIRST, base_url="https://older.example.org/\x01oai", altered=True))

    schemas.provenance().assertValid(etree.fromstring(written(chain)))
