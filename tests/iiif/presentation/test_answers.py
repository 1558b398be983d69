"""What the Presentation API answers."""

from __future__ import annotations

import pypdfium2
import pytest

from archive import publication
from archive.models import ArchivalReference, Text
from archive.units import unit_at
from iiif.presentation import collections
from tests.builders import a_collection, a_document, a_published_document, published
from tests.iiif.builders import a_telegram, assert_valid, manifest_of

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

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


def test_long_collection_lists_pages_that_lead_to_every_document(client, monkeypatch):
    monkeypatch.setattr(collections, "MEMBERS", 2)
    for number in range(5):
        a_published_document(str(number))

    top = client.get("/iiif/collection/top").json()
    pages = [client.get(item["id"].removeprefix(BASE)).json() for item in top["items"]]

    assert [page["id"] for page in pages] == [item["id"] for item in top["items"]]
    assert [item["label"]["en"] for item in top["items"]] == [["Documents 1–2"], ["Documents 3–4"], ["Documents 5–5"]]
    assert [items(page) for page in pages] == [
        [("Manifest", "0/manifest"), ("Manifest", "1/manifest")],
        [("Manifest", "2/manifest"), ("Manifest", "3/manifest")],
        [("Manifest", "4/manifest")],
    ]
    for each in (top, *pages):
        assert_valid(each)


def test_members_of_a_collection_have_a_label_a_thumbnail_and_a_page(client):
    a_telegram()

    (korea,) = client.get("/iiif/collection/top").json()["items"]
    (telegram,) = client.get("/iiif/collection/korea").json()["items"]

    assert korea["homepage"][0]["id"] == f"{BASE}/collections/korea"
    assert telegram["homepage"][0]["id"] == f"{BASE}/documents/110692"
    for each in (korea, telegram):
        assert each["label"]
        assert each["thumbnail"][0]["service"][0]["id"] == f"{BASE}/iiif/image/110692.1"


def test_archival_tree_leads_from_the_repository_down_to_the_documents(client):
    unit = unit_at({"repository": "APRF", "fond": "45", "opis": "1", "delo": "331"})
    hidden = unit_at({"repository": "APRF", "fond": "46"})
    document = a_document()
    ArchivalReference.objects.create(document=document, unit=unit, verbatim="APRF, Fond 45, Opis 1, Delo 331")
    ArchivalReference.objects.create(document=a_document("2"), unit=hidden, verbatim="APRF, Fond 46")
    published(document)

    here, labels = client.get("/iiif/collection/top").json(), []
    while here["type"] == "Collection":
        assert_valid(here)
        (found,) = (each for each in here["items"] if each["id"] != f"{BASE}/iiif/110692/manifest" or labels)
        labels += [value for values in found["label"].values() for value in values]
        here = client.get(found["id"].removeprefix(BASE)).json()

    assert labels == ["Archival holdings", "APRF", "fond 45", "opis 1", "delo 331", document.title]
    assert client.get(f"/iiif/unit/{hidden.identifier}").status_code == 404
    assert {"id": f"{BASE}/iiif/unit/{unit.identifier}", "type": "Collection", "label": {"none": ["delo 331"]}} in here[
        "partOf"
    ]


def test_collection_that_the_viewer_has_is_not_sent_again(client):
    a_published_document()
    etag = client.get("/iiif/collection/top")["ETag"]

    assert client.get("/iiif/collection/top", headers={"If-None-Match": etag}).status_code == 304


def test_lines_pdf_text_and_alto_are_served_to_every_origin_and_not_twice(client):
    a_telegram()
    expected = {
        "/iiif/page/110692.1/lines": 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"',
        "/iiif/page/110692.1/lines/2": 'application/ld+json;profile="http://iiif.io/api/presentation/2/context.json"',
        "/iiif/page/110692.1/alto.xml": "application/xml",
        "/iiif/110692/alto.xml": "application/xml",
        "/iiif/110692/pages.pdf": "application/pdf",
        "/iiif/110692/text.txt": "text/plain; charset=utf-8",
        "/iiif/2/110692/manifest": 'application/ld+json;profile="http://iiif.io/api/presentation/2/context.json"',
    }
    for address, media_type in expected.items():
        response = client.get(address)
        again = client.get(address, headers={"If-None-Match": response["ETag"]})

        assert response.status_code == 200, address
        assert response["Content-Type"] == media_type
        assert response["Access-Control-Allow-Origin"] == "*"
        assert again.status_code == 304, address


def test_pdf_has_the_words_of_the_document(client):
    a_telegram(body="Zhou Enlai is being sent new instructions.")

    response = client.get("/iiif/110692/pages.pdf")

    document = pypdfium2.PdfDocument(b"".join(response.streaming_content))
    assert "new instructions" in document[0].get_textpage().get_text_range()
    document.close()


def test_plain_text_has_every_text(client):
    document = a_document(body="Ciphered telegram")
    Text.objects.create(document=document, order=1, kind="original", language="ru", body="Шифртелеграмма")
    published(document)

    text = client.get("/iiif/110692/text.txt").content.decode()

    assert "== Transcript, English ==\n\nCiphered telegram\n" in text
    assert "== Original, Russian ==\n\nШифртелеграмма\n" in text


def test_withdrawn_document_has_no_lines_pdf_text_or_alto_any_more(client):
    document = a_telegram()
    publication.withdraw([document.pk])

    for address in ("page/110692.1/lines", "page/110692.1/lines/2", "page/110692.1/alto.xml", "110692/alto.xml"):
        assert client.get(f"/iiif/{address}").status_code == 404, address
    assert client.get("/iiif/110692/pages.pdf").status_code == 404
    assert client.get("/iiif/110692/text.txt").status_code == 410
    assert client.get("/iiif/2/110692/manifest").status_code == 410


def test_addresses_are_those_of_the_public_whatever_name_and_path_the_proxy_asks_by(client, settings):
    base = "https://archive.example.org/fonds"
    settings.FONDS = {**settings.FONDS, "PUBLIC_BASE_URL": base}
    settings.ALLOWED_HOSTS = ["inner"]
    a_telegram()
    addresses = (
        "110692/manifest", "2/110692/manifest", "collection/top", "collection/korea", "holdings", "page/110692.1/lines",
        "page/110692.1/lines/2", "image/110692.1/info.json",
    )  # fmt: skip

    for address in addresses:
        response = client.get(f"/iiif/{address}", SERVER_NAME="inner", SCRIPT_NAME="/fonds")

        found = response.json()
        assert (found.get("id") or found["@id"]).startswith(f"{base}/iiif/{address.removesuffix('/info.json')}")
        assert "inner" not in response.content.decode()
        assert "/fonds/fonds" not in response.content.decode()


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "²"])
def test_nonsense_after_is_passed_over(client, after):
    assert client.get("/iiif/collection/top", {"after": after}).status_code == 200


def test_collection_that_is_not_there_is_not_found(client):
    assert client.get("/iiif/collection/nowhere").status_code == 404
