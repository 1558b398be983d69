import pytest
from django.contrib.staticfiles import finders

from archive.models import Representation
from tests.archive.search.builders import telegram

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(monkeypatch):
    """As if ``make viewer`` had run."""
    monkeypatch.setattr(finders, "find", lambda path: f"/somewhere/{path}")


def test_viewer_opens_the_manifest_at_its_public_address(client, built):
    telegram()

    page = client.get("/documents/110692", headers={"host": "localhost"})

    text = page.content.decode()
    assert 'data-manifest="https://archive.example.org/iiif/110692/manifest"' in text
    assert "iiif/vendor/mirador/mirador.min.js" in text
    assert "'unsafe-inline'" in page["Content-Security-Policy"].partition("style-src")[2].partition(";")[0]


def test_without_mirador_there_is_a_link_and_no_empty_box(client, monkeypatch):
    monkeypatch.setattr(finders, "find", lambda path: None)
    telegram()

    page = client.get("/documents/110692")

    assert 'href="https://archive.example.org/iiif/110692/manifest"' in page.content.decode()
    assert "data-manifest" not in page.content.decode()
    assert "'unsafe-inline'" not in page["Content-Security-Policy"]


def test_document_without_a_manifest_has_no_viewer(client, built):
    Representation.objects.filter(document=telegram(), format="manifest").update(withdrawn=True)

    assert "manifest" not in client.get("/documents/110692").content.decode()
