"""Documents as linked data over HTTP, on a site without pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from archive import publication
from tests.archive.builders import a_full_document

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.archive.lod.site_without_pages"), pytest.mark.any_engine]

DOCUMENT = "/documents/110692"


@pytest.fixture
def published():
    document = a_full_document()
    assert publication.publish([document.pk]).failed == {}
    return document


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/ld+json"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/rdf+xml;q=0.9, application/n-triples", "application/n-triples"),
        ("text/html, application/rdf+xml;q=0.1", "application/rdf+xml"),
    ],
)
def test_a_client_gets_the_form_it_likes_best(client, published, accept, media_type):
    response = client.get(DOCUMENT, headers={"accept": accept})

    assert (response.status_code, response["Content-Type"]) == (200, media_type)
    assert response["Vary"] == "Accept"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_address_with_an_extension_gives_the_same_bytes(client, published):
    negotiated = client.get(DOCUMENT, headers={"accept": "text/turtle"})
    named = client.get(f"{DOCUMENT}.ttl")

    assert named.content == negotiated.content
    assert negotiated["Content-Location"] == "https://archive.example.org/documents/110692.ttl"


def test_a_client_that_likes_none_of_the_forms_is_told_which_there_are(client, published):
    response = client.get(DOCUMENT, headers={"accept": "image/png"})

    assert response.status_code == 406
    assert b"text/turtle  https://archive.example.org/documents/110692.ttl" in response.content


def test_a_client_that_has_the_bytes_gets_no_bytes(client, published):
    etag = client.get(f"{DOCUMENT}.jsonld")["ETag"]

    assert client.get(f"{DOCUMENT}.jsonld", headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("address", [DOCUMENT, f"{DOCUMENT}.jsonld", f"{DOCUMENT}.ttl", f"{DOCUMENT}.rdf"])
def test_a_draft_is_not_there(client, address):
    a_full_document()

    assert client.get(address).status_code == 404


def test_a_withdrawn_document_is_gone(client, published):
    publication.withdraw([published.pk], reason="asked for by the family")

    response = client.get(f"{DOCUMENT}.ttl")

    assert response.status_code == 410
    assert b"family" not in response.content
    assert b"Stalin" not in response.content


def test_an_extension_that_nobody_serves_is_not_found(client, published):
    assert client.get(f"{DOCUMENT}.exe").status_code == 404


def test_writing_is_not_allowed(client, published):
    assert client.post(DOCUMENT).status_code == 405


def test_the_context_may_be_fetched_from_anywhere_and_kept(client):
    response = client.get("/context.jsonld")

    assert response["Content-Type"] == "application/ld+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "max-age" in response["Cache-Control"]
    assert json.loads(response.content)["@context"]["title"] == {"@id": "dcterms:title"}
    assert client.get("/context.jsonld", headers={"if-none-match": response["ETag"]}).status_code == 304


def test_every_document_names_a_context_that_is_served(client, published):
    address = json.loads(client.get(f"{DOCUMENT}.jsonld").content)["@context"]

    assert client.get(address.removeprefix("https://archive.example.org")).status_code == 200


def test_a_web_process_does_not_load_the_rdf_library():
    program = "import django, sys; django.setup(); import config.urls; sys.exit('pyoxigraph' in sys.modules)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}

    assert subprocess.run([sys.executable, "-c", program], env=environment, cwd=settings.BASE_DIR).returncode == 0
