"""The page of a document in a real browser: the text at once, and the page image once Mirador has painted it."""

import io

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from iiif.viewers import VIEWERS
from tests.archive.search.builders import index_everything, telegram
from tests.browser import NEEDED, started, wait_until

pytestmark = [
    *NEEDED,
    pytest.mark.skipif(
        finders.find(VIEWERS["mirador"].scripts[0]) is None, reason="Mirador is not built: run make viewer"
    ),
]


@pytest.fixture
def browser():
    with started() as driver:
        yield driver


@pytest.fixture
def site(live_server, settings):
    """A site that is known by the address at which it answers."""
    settings.FONDS = {**settings.FONDS, "PUBLIC_BASE_URL": live_server.url}
    return live_server.url


def page_is_painted(browser):
    """Whether the viewer shows mostly the cream of a typeset page, with dark letters on it.

    The viewer's own greys and whites are neutral, so an error message or an empty canvas has no cream in it.
    """
    found = browser.find_elements("css selector", "#iiif-viewer .openseadragon-canvas")
    if not found:
        return False
    pixels = list(Image.open(io.BytesIO(found[0].screenshot_as_png)).convert("RGB").getdata())
    cream = sum(red > 240 and 2 <= red - blue <= 12 for red, _, blue in pixels)
    ink = sum(red < 110 for red, _, _ in pixels)
    return cream > 0.5 * len(pixels) and ink > 0.002 * len(pixels)


def loaded(browser):
    """The addresses of everything that the page has loaded."""
    return browser.execute_script("return performance.getEntriesByType('resource').map(each => each.name)")


def test_viewer_paints_the_page_image_beside_the_transcript(browser, site):
    telegram()

    browser.get(f"{site}/documents/110692?q=korea")

    assert "absolute obligation" in browser.find_element("css selector", ".transcript").text
    assert browser.find_element("css selector", ".transcript mark").text == "Korea"
    assert wait_until(lambda: page_is_painted(browser)), "Mirador shows no page image"
    assert any("/iiif/image/110692." in address for address in loaded(browser))
    assert all(address.startswith((site, "blob:", "data:")) for address in loaded(browser))
    refused = [
        entry["message"] for entry in browser.get_log("browser") if "Content Security Policy" in entry["message"]
    ]
    assert refused == []


def test_search_leads_from_the_home_page_to_the_document(browser, site):
    telegram()
    index_everything()

    browser.get(site)
    box = browser.find_element("css selector", "input[name=q]")
    box.send_keys('"air cover"\n')
    wait_until(lambda: browser.find_elements("css selector", ".excerpt mark"))
    assert browser.find_element("css selector", ".excerpt mark").text == "air cover"
    browser.find_element("css selector", ".card-title a").click()

    assert wait_until(
        lambda: browser.title.startswith("Ciphered telegram, Roshchin to Filippov [Stalin], 13 October 1950")
    )
