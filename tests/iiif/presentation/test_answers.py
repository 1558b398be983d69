"""What the Presentation API answers."""

from __future__ import annotations

import pytest

from archive import publication
from iiif.presentation import collections
from tests.builders import a_collection, a_document, a_published_document
from tests.iiif.builders import a_telegram, assert_valid, manifest_of

pytestmark = pytest.mark.django_db

BASE = "https://archive.example.org"


def items(resource) -> list[tuple[str, str]]:
    return [(item["type"], item["id"].removeprefix(f"{BASE}/iiif/")) for item in resource["items"]]


def test_manifest_is_served_as_stored_to_every_origin(client):
    document = a_telegram()

    response = client.get("/iiif/110692/manifest", headers={"Host": "localhost", "Origin": "https://viewer.example"})

    assert response.json() == manifest_of(document)
    assert response["Content-Type"] == 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
    assert response["Access-Control-Allow-Origin"] == "*"


def test_manifest_that_the_viewer_has_is_not_sent_again(client):
    a_published_document()
    etag = client.get("/iiif/110692/manifest")["ETag"]

    response = client.get("/iiif/110692/manifest", headers={"If-None-Match": etag})

    assert response.status_code == 304


def test_draft_has_no_manifest(client):
    a_document()

    assert client.get("/iiif/110692/manifest").status_code == 404


def test_manifest_of_a_withdrawn_document_is_gone(client):
    document = a_published_document()
    publication.withdraw([document.pk])

    assert client.get("/iiif/110692/manifest").status_code == 410


def test_top_collection_leads_to_collections_and_to_documents_in_none(client):
    a_telegram()
    a_published_document("2")
    a_document("3")

    top = client.get("/iiif/collection/top").json()

    assert items(top) == [("Collection", "collection/korea"), ("Manifest", "2/manifest")]
    assert top["id"] == f"{BASE}/iiif/collection/top"
    assert_valid(top)


def test_collection_has_its_public_documents_and_the_collections_within(client):
    document = a_telegram()
    withdrawn = a_published_document("2")
    for other in (withdrawn, a_document("3")):
        other.collections.add(*document.collections.all())
    armistice = a_collection("armistice", parent=document.collections.get())
    a_published_document("4").collections.add(armistice)
    publication.withdraw([withdrawn.pk])

    response = client.get("/iiif/collection/korea")

    assert items(response.json()) == [("Collection", "collection/armistice"), ("Manifest", "110692/manifest")]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert_valid(response.json())


def test_every_document_of_a_long_collection_can_be_reached(client, monkeypatch):
    monkeypatch.setattr(collections, "MEMBERS", 2)
    for number in range(5):
        a_published_document(str(number))

    reached, address = [], "/iiif/collection/top"
    while address:
        answer = client.get(address).json()
        assert_valid(answer)
        assert answer["id"] == BASE + address
        reached += [name for kind, name in items(answer) if kind == "Manifest"]
        address = next((f"/iiif/{name}" for kind, name in items(answer) if kind == "Collection"), "")

    assert reached == [f"{number}/manifest" for number in range(5)]


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "²"])
def test_nonsense_after_is_passed_over(client, after):
    assert client.get("/iiif/collection/top", {"after": after}).status_code == 200


def test_collection_that_is_not_there_is_not_found(client):
    assert client.get("/iiif/collection/nowhere").status_code == 404
