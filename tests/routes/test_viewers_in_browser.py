"""Every viewer that a site can have paints the page image, in a real browser, and nothing comes from elsewhere."""

from __future__ import annotations

import io

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from iiif.viewers import VIEWERS
from tests import viewers
from tests.archive.search.builders import telegram
from tests.browser import NEEDED, started, wait_until

pytestmark = [
    *NEEDED,
    pytest.mark.soak,
    pytest.mark.skipif(not viewers.installed(), reason="needs the viewers: make soak fetches them"),
]


@pytest.fixture(scope="module")
def browser():
    with started() as driver:
        yield driver


@pytest.fixture
def site(live_server, settings, tmp_path):
    """A site with the files of every viewer, known by the address at which it answers."""
    settings.STATICFILES_DIRS = [viewers.laid_out(tmp_path / "static")]
    finders.get_finder.cache_clear()
    settings.FONDS = {**settings.FONDS, "PUBLIC_BASE_URL": live_server.url}
    yield live_server.url
    finders.get_finder.cache_clear()


def painted(browser) -> bool:
    """Whether the viewer shows the cream of a typeset page, with dark letters on it."""
    frame = browser.find_element("css selector", "#iiif-viewer")
    pixels = list(Image.open(io.BytesIO(frame.screenshot_as_png)).convert("RGB").getdata())
    cream = sum(red > 240 and 2 <= red - blue <= 12 for red, _, blue in pixels)
    ink = sum(red < 110 for red, _, _ in pixels)
    return cream > 0.1 * len(pixels) and ink > 0.001 * len(pixels)


def loaded(browser) -> list[str]:
    return browser.execute_script("return performance.getEntriesByType('resource').map(each => each.name)")


@pytest.mark.parametrize("viewer", VIEWERS)
def test_viewer_paints_the_page_image_and_loads_nothing_from_elsewhere(browser, site, settings, viewer):
    settings.FONDS = {**settings.FONDS, "VIEWER": viewer}
    telegram()

    browser.get(f"{site}/documents/110692")

    assert wait_until(lambda: painted(browser)), f"{viewer} shows no page image"
    assert any("/iiif/image/110692." in address for address in loaded(browser))
    assert all(address.startswith((site, "blob:", "data:")) for address in loaded(browser))


def test_line_of_the_transcript_and_line_of_the_page_show_each_other(browser, site):
    telegram()
    browser.get(f"{site}/documents/110692")
    assert wait_until(lambda: browser.find_elements("css selector", "#iiif-viewer[data-opened]"))
    lit = "return [...(CSS.highlights.get('iiif-line') ?? [])].map(each => each.toString()).join()"

    transcript = browser.find_element("css selector", ".transcript")
    transcript.send_keys("\ue007")
    first = wait_until(lambda: browser.execute_script(lit))
    transcript.send_keys("\ue015")
    assert wait_until(lambda: browser.execute_script(lit) != first)
    second = browser.execute_script(lit)

    address = browser.find_element("id", "iiif-line").get_attribute("href")
    browser.get(address)

    assert "iiif-content=" in address
    assert wait_until(lambda: browser.execute_script(lit) == second), "the link does not lead to the line"


def test_search_opens_the_viewer_at_the_words(browser, site):
    telegram()

    browser.get(f"{site}/documents/110692?q=absolute")

    lit = "return [...(CSS.highlights.get('iiif-line') ?? [])].map(each => each.toString()).join()"
    assert wait_until(lambda: "absolute" in browser.execute_script(lit))
