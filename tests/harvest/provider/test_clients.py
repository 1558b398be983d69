"""Strangers' clients, over real sockets: each must get every record, and hear of the one that was withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.models import Collection
from tests.harvest.builders import NOON, record, records, withdraw
from tests.harvesters.clients import OF_PYTHON
from tests.harvesters.repository import change, load
from tests.harvesters.repository import records as repository_records

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def repository(live_server, settings):
    """The address of a repository with 25 records on three pages; d003 was withdrawn."""
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 10}
    records(24, collections=[Collection.objects.create(slug="korea", title="Korea")])
    withdraw(record("withdrawn"), at=NOON + timedelta(minutes=1))
    return f"{live_server.url}/oai"


def test_sickle_harvests_everything(repository):
    from sickle import Sickle

    client = Sickle(repository)
    got = list(client.ListRecords(metadataPrefix="oai_dc"))

    assert len({each.header.identifier for each in got}) == len(got) == 25
    assert [each.header.identifier for each in got if each.deleted] == ["oai:archive.example.org:withdrawn"]
    assert got[0].metadata["title"] == ["Telegram d000"]
    assert len(list(client.ListRecords(metadataPrefix="oai_dc", set="collection:korea"))) == 24
    assert [each.setSpec for each in client.ListSets()] == ["collection:korea"]


def test_sickle_harvests_what_is_new(repository):
    from sickle import Sickle

    got = Sickle(repository).ListIdentifiers(metadataPrefix="oai_dc", **{"from": "2020-01-01T12:00:03Z"})

    assert [each.identifier.rsplit(":", 1)[-1] for each in got] == ["d021", "d022", "d023", "withdrawn"]


def test_oaipmh_client_harvests_everything(repository):
    from oaipmh.client import Client
    from oaipmh.metadata import MetadataRegistry, oai_dc_reader

    registry = MetadataRegistry()
    registry.registerReader("oai_dc", oai_dc_reader)
    client = Client(repository, registry)
    got = list(client.listRecords(metadataPrefix="oai_dc"))

    assert len({header.identifier() for header, _, _ in got}) == len(got) == 25
    assert [header.identifier() for header, _, _ in got if header.isDeleted()] == ["oai:archive.example.org:withdrawn"]
    assert got[0][1].getField("title") == ["Telegram d000"]
    assert client.identify().deletedRecord() == "persistent"
    assert len(list(client.listIdentifiers(metadataPrefix="oai_dc", set="collection:korea"))) == 24


@pytest.mark.parametrize("name", OF_PYTHON)
def test_client_ends_with_what_the_database_has_whole_and_by_increments(live_server, settings, name):
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 20}
    load(55, at=NOON)
    harvest = OF_PYTHON[name]
    got = harvest(f"{live_server.url}/oai", "")
    assert got == repository_records()

    later = NOON + timedelta(minutes=5)
    load(5, at=later, begin=55)
    change(range(20), at=later)
    got |= harvest(f"{live_server.url}/oai", "2020-01-01T12:05:00Z")

    assert got == repository_records()
    assert sum(got.values()) == 3
