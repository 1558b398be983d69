import pytest

from tests.archive.search.builders import telegram

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def test_page_links_to_the_record_and_the_record_is_there(client):
    telegram()
    address = "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:archive.example.org:110692"

    page = client.get("/documents/110692").content.decode()

    assert f'href="https://archive.example.org{address}"'.replace("&", "&amp;") in page
    assert b"<dc:title" in client.get(address).content
