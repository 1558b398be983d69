"""The page of a document in a real browser: the text at once, and the page image once Mirador has painted it."""

import io

import pytest
from django.contrib.staticfiles import finders
from PIL import Image, ImageChops
from selenium.webdriver import ActionChains, Keys

from archive.models import Page
from iiif.viewers import VIEWERS
from tests.archive.search.builders import index_everything, telegram
from tests.browser import NEEDED, complaints, sized, wait_until
from tests.scans import assert_boxes_hold_the_ink

pytestmark = [
    *NEEDED,
    pytest.mark.skipif(
        finders.find(VIEWERS["mirador"].scripts[0]) is None, reason="Mirador is not built: run make viewer"
    ),
]


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
    assert complaints(browser) == []


#: Around what Mirador has drawn in yellow over the page: the word that was found, or the line that was chosen.
DRAWN = """
  const canvas = document.querySelector('#iiif-viewer .openseadragon-canvas > div canvas');
  if (!canvas?.width) return null;
  const { data, width } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] < 200 || data[at + 1] < 200 || data[at + 2] > 80 || !data[at + 3]) continue;
    const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  }
  return right < 0 ? null : [left, top, right + 1 - left, bottom + 1 - top];
"""
LIT = "return [...(CSS.highlights.get('iiif-line') ?? [])].map(each => each.toString()).join()"


#: Waits until the page has come to where a chosen line brought it.
AT_REST = """
  return new Promise((done) => {
    let last;
    const look = () => (scrollY === last ? done() : ((last = scrollY), setTimeout(look, 300)));
    look();
  });
"""
#: How much of an element is in the window, as a part of its height.
SHOWN = """
  const { top, bottom, height } = arguments[0].getBoundingClientRect();
  return (Math.min(bottom, innerHeight) - Math.max(top, 0)) / height;
"""
LINE_SHOWN = """
  const [line] = CSS.highlights.get('iiif-line');
  const { top, bottom } = line.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
"""
#: A point in the first line of the transcript, which it brings into the window.
BEGINNING = """
  const transcript = document.querySelector('.transcript');
  transcript.scrollIntoView({ block: 'center', behavior: 'instant' });
  const text = document.createRange();
  text.selectNodeContents(transcript);
  const { x, y, height } = text.getClientRects()[0];
  return [x + 30, y + height / 2];
"""


def is_in_view(box, frame):
    """Whether the viewer has gone to a line: it fills most of its width."""
    return bool(box) and 0.7 < box[2] / frame.size["width"] <= 1


def opened(browser, site):
    """Open the telegram; return the part of the viewer that shows its page, once that is painted."""
    browser.get(f"{site}/documents/110692.html")
    assert wait_until(lambda: browser.find_elements("css selector", "#iiif-viewer[data-opened]"))
    assert wait_until(lambda: page_is_painted(browser)), "Mirador shows no page image"
    return browser.find_element("css selector", "#iiif-viewer .openseadragon-canvas")


def seen(frame):
    return Image.open(io.BytesIO(frame.screenshot_as_png)).convert("RGB")


def click_on(browser, frame, line):
    """Click in the middle of a line of the page, all of which the viewer shows."""
    image = seen(frame)
    tinted = ImageChops.difference(image.getchannel("R"), image.getchannel("B"))  # the page alone is, a little
    tinted = tinted.point(lambda value: 255 if 3 <= value <= 12 else 0)
    middle = image.height // 2
    left, _, right, _ = tinted.crop((0, middle, image.width, middle + 1)).getbbox()
    top = tinted.crop((left + 5, 0, left + 6, image.height)).getbbox()[1]
    x, y, width, height = line["box"]
    scale = (right - left) / Page.objects.get().width
    across, down = left + (x + width / 2) * scale, top + (y + height / 2) * scale
    away = round(across - image.width / 2), round(down - image.height / 2)
    ActionChains(browser).move_to_element_with_offset(frame, *away).click().perform()


def test_word_found_by_mirador_is_lit_where_it_stands(browser, site):
    telegram()
    frame = opened(browser, site)

    browser.find_element("css selector", "#iiif-viewer button[aria-label='Toggle sidebar']").click()
    browser.find_element("css selector", "#iiif-viewer [role=tab][aria-label='Search']").click()
    [field] = wait_until(lambda: browser.find_elements("css selector", "#iiif-viewer form input"))
    field.send_keys("absolute\n")

    box = wait_until(lambda: browser.execute_script(DRAWN))
    [word] = [word for line in Page.objects.get().lines for word in line["words"] if word["text"] == "absolute"]
    across, down = word["box"][2:]
    assert abs(box[2] - box[3] * across / down) <= 1.5 * across / down, "to a pixel and a half in height"
    assert_boxes_hold_the_ink(seen(frame), [box], tolerance=2, ink=210)
    assert wait_until(lambda: "absolute" in browser.execute_script(LIT)), "the transcript does not follow"
    assert complaints(browser) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_line_clicked_on_the_page_is_lit_in_the_transcript_and_the_other_way_round(browser, site, width):
    sized(browser, width, 844)
    telegram()
    frame = opened(browser, site)
    lines = {line["text"]: line for line in Page.objects.get().lines}
    first, last = (text for text in lines if text.startswith(("In addition", "as soon as")))

    click_on(browser, frame, lines[last])
    assert wait_until(lambda: browser.execute_script(LIT) == last), "the transcript does not follow the viewer"

    browser.execute_script(AT_REST)
    actions = ActionChains(browser)
    actions.w3c_actions.pointer_action.move_to_location(*map(round, browser.execute_script(BEGINNING)))
    actions.click().perform()
    assert wait_until(lambda: browser.execute_script(LIT) == first), "the text does not heed a click"
    assert wait_until(lambda: is_in_view(browser.execute_script(DRAWN), frame)), "the viewer does not follow the text"
    browser.execute_script(AT_REST)
    assert browser.execute_script(SHOWN, frame) > 0.5, "the viewer that shows the line is not in the window"
    browser.find_element("id", "iiif-text").click()
    browser.execute_script(AT_REST)
    assert browser.execute_script(LINE_SHOWN), "the way back to the text does not lead to the line"

    browser.find_element("css selector", ".transcript").send_keys(Keys.ARROW_DOWN)
    assert wait_until(lambda: browser.execute_script(LIT).startswith("The Chinese")), "the text does not heed a key"
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert complaints(browser) == []


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
