"""The crawler over the holdings of the demo: every reader's documents, in every form, with people and places."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from archive.models import Collection
from config.demo import authorities
from config.demo.preparing import COLLECTION
from tests.routes.crawling import broken, named
from tests.sources import SOURCES

pytestmark = pytest.mark.any_engine

#: The sources name an archive at https://archive.example.org, which is not this site.
DEMO = "https://demo.example.org"


@pytest.fixture(autouse=True)
def demo(transactional_db, settings):
    """What ``make demo`` brings in: fixtures/sources, published, and the people and places of fixtures/authorities."""
    settings.FONDS = {**settings.FONDS, "PUBLIC_BASE_URL": DEMO}
    Collection.objects.create(slug=COLLECTION, title="Telegrams")
    authorities.make()
    call_command("accession", str(SOURCES), "--publish", "--collection", COLLECTION, stdout=StringIO())
    authorities.name_places()


def test_every_address_in_the_holdings_of_the_demo_resolves():
    addresses = named(DEMO)

    kinds = {address.removeprefix(f"{DEMO}/").partition("/")[0] for address in addresses}
    assert {"documents", "agents", "places", "concepts", "units", "collections", "iiif"} <= kinds
    assert {"jsonld", "turtle", "ntriples", "rdfxml", "manifest", "tei", "mets", "edm"} <= set().union(
        *addresses.values()
    )
    assert broken(addresses, DEMO) == {}
