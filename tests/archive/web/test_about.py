"""The page about the archive: what is in it, its licence, and where programs come in."""

from __future__ import annotations

import json
import re

import pytest

from archive.lod.dumps.writing import dump
from archive.publication import withdraw
from tests.builders import a_document, a_published_document

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def test_page_about_the_archive_says_what_is_in_it_and_where_programs_come_in(client, settings, tmp_path):
    settings.FONDS = {**settings.FONDS, "SPARQL_STORE": str(tmp_path)}
    a_published_document("public")
    a_document("draft")

    page = client.get("/about/").content.decode()

    assert '<th scope="row">Documents</th><td>1</td>' in page
    assert "https://creativecommons.org/publicdomain/zero/1.0/" in page
    for door in ("/oai?verb=Identify", "/iiif/collection/top", "/sparql", "/api/", "/reconcile", "/documents.atom"):
        assert f'<a href="https://archive.example.org{door}">' in page, door
    assert 'href="/about/"' in client.get("/").content.decode()


def test_page_about_the_archive_describes_the_dataset_as_its_dump_does(client, settings, tmp_path):
    settings.FONDS = {**settings.FONDS, "DUMPS": str(tmp_path)}
    document = a_published_document("public")
    dump()

    page = client.get("/about/").content.decode()
    described = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])

    assert described["@type"] == "Dataset"
    assert described["description"] in page
    assert all(each["contentUrl"] in page for each in described["distribution"])

    withdraw([document.pk])
    assert "Everything as files" not in client.get("/about/").content.decode()


def test_page_about_the_archive_takes_few_queries(client, django_assert_max_num_queries):
    for number in range(5):
        a_published_document(f"d{number}")

    with django_assert_max_num_queries(15):
        client.get("/about/")
