"""A scan with its transcription in a real browser: the image in the viewer, the words beside it and found in a tile."""

import io

import pytest
from django.conf import settings
from PIL import Image

from archive import publication
from archive.readers import drafts_of
from tests.browser import wait_until
from tests.routes.browsing.test_document_page import pytestmark
from tests.scans import Handed, a_scan, an_alto
from tests.sources import enter_scans

__all__ = ["pytestmark"]

CORPORA = settings.BASE_DIR.parent / "shared" / "corpora"
SCANS = ("alto/TestamentsDePoilus_will_AN_0240-1.xml", "page/bebel_frau_1879_0186.xml")
needs_corpora = pytest.mark.skipif(not CORPORA.exists(), reason="the corpora (../shared/corpora) are not here")


def published(source):
    [draft] = drafts_of(source)[1]
    document = enter_scans(draft, source).document
    outcome = publication.publish([document.pk])
    assert not outcome.failed
    return document


def painted(browser, *, lightest=120):
    """What the viewer has painted, once that has ink on it."""
    found = browser.find_elements("css selector", "#iiif-viewer .openseadragon-canvas")
    if not found:
        return None
    image = Image.open(io.BytesIO(found[0].screenshot_as_png)).convert("L")
    ink = sum(image.histogram()[:lightest])
    return image if ink > 0.001 * image.width * image.height else None


def shown(browser, site, document):
    browser.get(f"{site}/documents/{document.identifier}.html")
    return wait_until(lambda: painted(browser))


def test_viewer_paints_the_scan_and_the_page_says_its_words(browser, site, tmp_path):
    (tmp_path / "a.xml").write_bytes(an_alto(a_scan(tmp_path / "a.jpg", quality=90)))

    assert shown(browser, site, published(Handed(tmp_path).source("a.xml")))

    assert "Zhou Enlai is being sent" in browser.find_element("css selector", "main").text


@needs_corpora
@pytest.mark.parametrize("name", SCANS)
def test_viewer_paints_real_scans(browser, site, name):
    assert shown(browser, site, published(Handed(CORPORA).source(name)))
