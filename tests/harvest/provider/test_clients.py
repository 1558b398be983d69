"""Strangers' clients, over real sockets: each must get every record, and hear of the one that was withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.models import Collection
from tests.harvest.builders import NOON, record, records, withdraw

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
