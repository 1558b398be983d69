"""Collections in the API: those that hold something public."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import a_collection, a_document, a_published_document

pytestmark = pytest.mark.django_db

LIST = "/api/collections/"


def slugs(answer) -> list[str]:
    return [collection["slug"] for collection in answer.json()["results"]]


def test_a_collection_shows_once_something_public_is_in_it_or_below_it(client):
    korea = a_collection("korea")
    a_published_document("1").collections.add(a_collection("armistice", parent=korea))
    a_document("2").collections.add(a_collection("planned"))
    a_collection("empty", parent=korea)

    assert slugs(client.get(LIST)) == ["armistice", "korea"]
    assert client.get("/api/documents/?collection=planned").status_code == 400


def test_a_collection_tells_its_parent_and_where_its_documents_are(client):
    a_published_document("1").collections.add(a_collection("armistice", parent=a_collection("korea")))

    armistice = client.get(LIST).json()["results"][0]

    assert armistice["parent"] == "korea"
    assert armistice["uri"] == "https://archive.example.org/collections/armistice"
    assert armistice["documents"] == "https://archive.example.org/api/documents/?collection=armistice"


def test_pages_hold_every_collection_once(client):
    document = a_published_document("1")
    document.collections.set([a_collection(f"c-{n}") for n in range(5)])

    first = client.get(f"{LIST}?page_size=3")
    second = client.get(first.json()["next"].removeprefix("https://archive.example.org"))

    assert slugs(first) + slugs(second) == [f"c-{n}" for n in range(5)]
    assert second.json()["next"] is None


def test_many_collections_take_as_many_queries_as_one(client):
    document = a_published_document("1")
    document.collections.set([a_collection(f"c-{n}", parent=None) for n in range(15)])

    with CaptureQueriesContext(connection) as for_one:
        client.get(f"{LIST}?page_size=1")
    with CaptureQueriesContext(connection) as for_all:
        assert len(slugs(client.get(LIST))) == 15

    assert len(for_all) == len(for_one)


def test_a_parameter_that_means_nothing_is_refused(client):
    assert client.get(f"{LIST}?language=ru").json()["errors"][0]["parameter"] == "language"
