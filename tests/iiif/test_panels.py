import pytest
from django.contrib.staticfiles import finders
from django.core.checks import run_checks

from archive.models import Representation
from tests.archive.search.builders import telegram

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


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


def test_viewer_is_the_one_that_the_site_names(client, settings, built):
    settings.FONDS = {**settings.FONDS, "VIEWER": "tify"}
    telegram()

    page = client.get("/documents/110692").content.decode()

    assert "iiif/vendor/tify/tify.js" in page
    assert "iiif/viewers/tify.js" in page
    assert "mirador" not in page


def test_viewer_that_there_is_not_is_an_error(settings):
    settings.FONDS = {**settings.FONDS, "VIEWER": "gallery"}

    assert [each.id for each in run_checks() if each.id.startswith("iiif.")] == ["iiif.E001"]
