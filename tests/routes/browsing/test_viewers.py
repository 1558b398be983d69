"""Every viewer that a site can have paints the page image, in a real browser, and nothing comes from elsewhere."""

from __future__ import annotations

import io
import shutil
from statistics import median

import pytest
from django.conf import settings as site_settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from archive import publication
from archive.models import Document
from archive.readers import Source, drafts_of
from iiif.viewers import VIEWERS
from tests import viewers
from tests.archive.search.builders import telegram
from tests.browser import NEEDED, wait_until
from tests.scans import Handed
from tests.sources import enter_scans

pytestmark = [
    *NEEDED,
    pytest.mark.soak,
    pytest.mark.skipif(not viewers.installed(), reason="needs the viewers: make soak fetches them"),
]

CORPORA = site_settings.BASE_DIR.parent / "shared" / "corpora"
needs_corpora = pytest.mark.skipif(not CORPORA.exists(), reason="the corpora (../shared/corpora) are not here")
#: A photograph in colour, and pages of print.
SHEETS = (
    "alto/TestamentsDePoilus_will_AN_0240-1.jpg",
    "page/laube_europa0202_1837_0105.jpg",
    "page/bebel_frau_1879_0186.tif",
)
#: What a reader clicks to turn to the next page.
NEXT = {
    "mirador": "button[aria-label='Next item']",
    "openseadragon": "button[aria-label='Next page']",
    "tify": "button[title='Next page']",
    "universalviewer": "button.imageBtn.next",
    "clover": "[data-rtl-paged] > span + button",
}
VOLUME = CORPORA / "frus" / "frus1949v07p1.xml"


@pytest.fixture
def site(live_server, settings, tmp_path):
    """A site with the files of every viewer, known by the address at which it answers."""
    settings.STATICFILES_DIRS = [viewers.laid_out(tmp_path / "static")]
    finders.get_finder.cache_clear()
    settings.FONDS = {**settings.FONDS, "PUBLIC_BASE_URL": live_server.url}
    yield live_server.url
    finders.get_finder.cache_clear()


@pytest.fixture(scope="module")
def long_draft():
    """The longest document of a volume of FRUS, and the volume."""
    volume = Source.at(VOLUME, name=VOLUME.name)
    return next(draft for draft in drafts_of(volume)[1] if str(draft.identity).endswith("/d162")), volume


def published(draft, source) -> Document:
    document = enter_scans(draft, source).document
    assert not publication.publish([document.pk]).failed
    return document


def typeset_telegram(request) -> Document:
    return telegram()


def scanned_series(request) -> Document:
    """Images that are called alike are the pages of one document, though one was scanned as a TIFF."""
    folder = request.getfixturevalue("tmp_path")
    for number, name in enumerate(SHEETS, start=1):
        shutil.copy(CORPORA / name, folder / f"sheet_{number}{name[-4:]}")
    source = Handed(folder).source("sheet_1.jpg")
    [draft] = drafts_of(source)[1]
    return published(draft, source)


def long_document(request) -> Document:
    return published(*request.getfixturevalue("long_draft"))


KINDS = [
    typeset_telegram,
    pytest.param(scanned_series, marks=needs_corpora),
    pytest.param(long_document, marks=needs_corpora),
]


def paper_of(page: str) -> tuple[float, ...]:
    """The colour of most of a page image, as the image service gives it out."""
    answer = Client().get(f"/iiif/image/{page}/full/100,/0/default.png")
    pixels = list(Image.open(io.BytesIO(answer.getvalue())).convert("RGB").getdata())
    return tuple(median(pixel[channel] for pixel in pixels) for channel in range(3))


def painted(browser, paper: tuple[float, ...], picture) -> bool:
    """Whether the viewer shows the paper of a page, which its own neutral greys are not, with dark letters on it."""
    picture.write_bytes(browser.find_element("css selector", "#iiif-viewer").screenshot_as_png)
    pixels = list(Image.open(picture).convert("RGB").getdata())
    alike = sum(all(abs(one - other) <= 6 for one, other in zip(each, paper, strict=True)) for each in pixels)
    ink = sum(red < 110 for red, _, _ in pixels)
    return alike > 0.05 * len(pixels) and ink > 0.001 * len(pixels)


def loaded(browser) -> list[str]:
    return browser.execute_script("return performance.getEntriesByType('resource').map(each => each.name)")


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("kind", KINDS)
def test_viewer_paints_the_page_image_and_loads_nothing_from_elsewhere(
    request, browser, site, settings, tmp_path, kind, viewer
):
    settings.FONDS = {**settings.FONDS, "VIEWER": viewer}
    document = kind(request)
    first = document.pages.order_by("order").first().identifier
    paper = paper_of(first)

    browser.get(f"{site}/documents/{document.identifier}.html")

    picture = tmp_path / f"{viewer}.png"
    assert wait_until(lambda: painted(browser, paper, picture)), f"{viewer} shows no page image: {picture}"
    assert any(f"/iiif/image/{first}/" in address for address in loaded(browser))
    assert all(address.startswith((site, "blob:", "data:")) for address in loaded(browser))


def button(browser, selector: str):
    """The first of these that can be seen; viewers have further ones for narrow windows."""
    return next((each for each in browser.find_elements("css selector", selector) if each.is_displayed()), None)


@needs_corpora
@pytest.mark.parametrize("viewer", VIEWERS)
def test_viewer_turns_to_the_last_page_and_paints_it(request, browser, site, settings, tmp_path, viewer):
    settings.FONDS = {**settings.FONDS, "VIEWER": viewer}
    document = scanned_series(request)
    first, *_, last = pages = [page.identifier for page in document.pages.order_by("order")]
    assert len(pages) == len(SHEETS)
    browser.get(f"{site}/documents/{document.identifier}.html")
    picture = tmp_path / f"{viewer}.png"
    paper = paper_of(first)
    assert wait_until(lambda: painted(browser, paper, picture))

    for page in pages[1:]:
        wait_until(lambda: button(browser, NEXT[viewer])).click()
        assert wait_until(lambda page=page: f"/iiif/image/{page}/" in " ".join(loaded(browser))), f"{viewer}: no {page}"

    paper = paper_of(last)
    assert wait_until(lambda: painted(browser, paper, picture)), f"{viewer} does not show the last page: {picture}"


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
