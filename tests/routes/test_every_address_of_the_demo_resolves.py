"""The crawler over the holdings of the demo: every reader's documents, in every form, with people and places."""

from __future__ import annotations

from io import StringIO

import lxml.html
import pytest
from django.core.management import call_command
from django.test import Client

from archive.lod.dumps import writing
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


@pytest.mark.soak
def test_every_link_on_the_pages_of_the_demo_resolves(settings, tmp_path):
    """From the first page on, as a well-behaved robot; without parameters, by which searches lead to searches."""
    settings.FONDS = {**settings.FONDS, "DUMPS": str(tmp_path / "dumps")}
    writing.dump()
    client, todo, seen, wrong = Client(), ["/"], {"/"}, {}
    while todo:
        address = todo.pop()
        answer = client.get(address, headers={"Accept": "text/html, */*;q=0.8"})
        if answer.status_code not in {200, 303}:
            wrong[address] = answer.status_code
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        page = lxml.html.fromstring(answer.content, base_url=f"{DEMO}{address}")
        if page.xpath("//meta[@name='robots'][contains(@content, 'nofollow')]"):
            continue
        page.make_links_absolute()
        links = {link.partition("#")[0] for _, name, link, _ in page.iterlinks() if name in {"href", "src"}}
        ours = {link.removeprefix(DEMO) for link in links if link.startswith(f"{DEMO}/") and "?" not in link}
        found = {link for link in ours - seen if not link.startswith(("/static/", "/admin/"))}
        seen |= found
        todo += sorted(found)

    assert len(seen) > 500
    assert wrong == {}
