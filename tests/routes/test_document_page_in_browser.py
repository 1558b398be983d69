"""The page of a document in a real browser: the text at once, and the page image once Mirador has painted it."""

import io
import os
import shutil
import time
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from iiif.panels import MIRADOR
from tests.archive.search.builders import telegram

BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next((path for path in BROWSERS if Path(path).exists()), None)
CHROMEDRIVER = os.environ.get("CHROMEDRIVER") or shutil.which("chromedriver")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here; name one in CHROMIUM"),
    pytest.mark.skipif(CHROMEDRIVER is None, reason="there is no chromedriver here; name one in CHROMEDRIVER"),
    pytest.mark.skipif(finders.find(MIRADOR) is None, reason="Mirador is not built: run make viewer"),
]

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,1200",
)


@pytest.fixture
def browser():
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for argument in ARGUMENTS:
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(CHROMEDRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def site(live_server, settings):
    """A site that is known by the address at which it answers."""
    settings.FONDS = {**settings.FONDS, "PUBLIC_BASE_URL": live_server.url}
    return live_server.url


def ink(browser):
    """How much of what the viewer shows is dark: 0 for a blank."""
    from selenium.webdriver.common.by import By

    found = browser.find_elements(By.CSS_SELECTOR, "#iiif-viewer .openseadragon-canvas")
    if not found:
        return 0.0
    picture = Image.open(io.BytesIO(found[0].screenshot_as_png)).convert("L")
    histogram = picture.histogram()
    return sum(histogram[:110]) / sum(histogram)


def wait_until(condition, seconds=40):
    end = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(0.25)
    return value


def test_viewer_paints_the_page_image_beside_the_transcript(browser, site):
    telegram()

    browser.get(f"{site}/documents/110692?q=korea")

    assert "absolute obligation" in browser.find_element("css selector", ".transcript").text
    assert browser.find_element("css selector", ".transcript mark").text == "Korea"
    assert wait_until(lambda: 0.002 < ink(browser) < 0.5), f"no page image; ink {ink(browser)}"
    loaded = browser.execute_script("return performance.getEntriesByType('resource').map(each => each.name)")
    assert any("/iiif/image/110692." in address for address in loaded)
    assert all(address.startswith((site, "blob:", "data:")) for address in loaded)
    refused = [
        entry["message"] for entry in browser.get_log("browser") if "Content Security Policy" in entry["message"]
    ]
    assert refused == []


def test_search_leads_from_the_home_page_to_the_document(browser, site):
    from archive.search import index

    telegram()
    index.reindex()

    browser.get(site)
    box = browser.find_element("css selector", "input[name=q]")
    box.send_keys('"air cover"\n')
    wait_until(lambda: browser.find_elements("css selector", ".excerpt mark"))
    assert browser.find_element("css selector", ".excerpt mark").text == "air cover"
    browser.find_element("css selector", ".card-title a").click()

    assert wait_until(
        lambda: browser.title.startswith("Ciphered telegram, Roshchin to Filippov [Stalin], 13 October 1950")
    )
