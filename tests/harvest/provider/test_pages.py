"""The endpoint in a browser, and the XML that everybody else gets whatever they send."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import override_settings

from archive.models import Collection
from tests.harvest.answers import Answer
from tests.harvest.builders import NOON, record, records, withdraw

pytestmark = pytest.mark.django_db

LIST = "verb=ListRecords&metadataPrefix=oai_dc"
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"


@pytest.fixture
def read(client):
    """``read("verb=Identify")`` gives the page that a browser shows."""

    def read(query: str = "", accept: str = FIREFOX) -> str:
        response = client.get(f"/oai?{query}", headers={"Accept": accept})
        assert response.status_code == 200
        assert response["Content-Type"] == "text/html; charset=utf-8"
        assert (
            "script-src" not in response["Content-Security-Policy"]
            or "unsafe" not in response["Content-Security-Policy"]
        )
        return response.content.decode()

    return read


@pytest.mark.parametrize(
    "accept",
    [None, "", "*/*", "text/xml", "application/xml, text/xml, */*", "text/xml, text/html", "text/html, text/xml", JAVA,
     "text/html;q=0, */*", "application/xml,application/xhtml+xml,text/html;q=0.9", "junk", "text/*",
     "image/png, text/html"],
)  # fmt: skip
def test_harvester_gets_xml_whatever_it_sends(client, accept):
    response = client.get("/oai?verb=Identify", headers={} if accept is None else {"Accept": accept})

    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert "Accept" in response["Vary"]
    assert Answer.of(response.content).errors == []


def test_posted_request_gets_xml_even_from_a_browser(client):
    response = client.generic(
        "POST", "/oai", "verb=Identify", content_type="application/x-www-form-urlencoded", headers={"Accept": FIREFOX}
    )

    assert response["Content-Type"] == "text/xml; charset=utf-8"


@pytest.mark.parametrize("accept", ["text/html", "text/html, */*;q=0.1", FIREFOX])
def test_browser_that_opens_the_endpoint_reads_what_the_repository_is(read, accept):
    page = read(accept=accept)

    assert "https://archive.example.org/oai" in page
    assert "badVerb" not in page
    assert [f'name="verb" value="{verb}"' in page for verb in ("Identify", "ListRecords", "GetRecord")] == [True] * 3


def test_page_shows_records_with_their_sets_and_the_next_page(read, client, settings):
    settings.FONDS = {**settings.FONDS, "OAI_PAGE_SIZE": 2}
    records(3, collections=[Collection.objects.create(slug="korea", title="Korea")])
    withdraw(record("gone"), at=NOON + timedelta(days=1))

    first = read(LIST)
    [following] = re.findall(r'href="/oai\?([^"]+)" rel="next"', first)
    second = read(following.replace("&amp;", "&"))

    assert '<dt>title</dt><dd dir="auto">Telegram d000</dd>' in first
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert f'<dt>rightsReference</dt><dd dir="auto"><a href="{licence}">{licence}</a></dd>' in first
    assert "set=collection:korea" in first
    assert "of 4, from number 1" in first
    assert "deleted</strong>" in second
    assert 'rel="next"' not in second
    assert unquote("oai:archive.example.org:gone") in second


def test_page_tells_errors_in_words_and_keeps_what_was_typed(read):
    page = read(f"{LIST}&from=junk&set=two%20words")

    assert page.count("<strong>badArgument</strong>") == 2
    assert 'value="junk"' in page


def test_page_lists_formats_and_sets_as_links(read):
    record("110692", collections=[Collection.objects.create(slug="korea", title="Ko<rea>", description="Of 1950")])

    assert "verb=ListRecords&amp;metadataPrefix=oai_dc" in read("verb=ListMetadataFormats")
    sets = read("verb=ListSets")
    assert "Ko&lt;rea&gt;" in sets
    assert "Of 1950" in sets


def test_what_is_left_empty_in_a_form_is_not_asked(client):
    response = client.get(f"/oai?{LIST}&set=&from=&until=2020-01-01", headers={"Accept": FIREFOX})

    assert response["Location"] == f"/oai?{LIST}&until=2020-01-01"


def test_nothing_typed_becomes_markup(read):
    assert "<script>" not in read("verb=%3Cscript%3E&set=%3Cscript%3E&%22%3E%3Cscript%3E=1")


@pytest.mark.parametrize(
    "query", ["verb=Identify" + "&a=1" * 2000, "%00=1", "verb=%00", "verb=ListSets&resumptionToken=x"]
)
def test_page_never_fails(client, query):
    assert client.get(f"/oai?{query}", headers={"Accept": FIREFOX}).status_code == 200


def test_head_of_a_page_sends_nothing(client):
    response = client.head("/oai?verb=Identify", headers={"Accept": FIREFOX})

    assert (response.status_code, response.content) == (200, b"")


def test_site_without_pages_shows_the_endpoint_in_a_frame_of_its_own(read, settings):
    with override_settings(INSTALLED_APPS=[app for app in settings.INSTALLED_APPS if app != "archive.web"]):
        assert 'class="alone"' in read("verb=Identify")
