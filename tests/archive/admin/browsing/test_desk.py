"""The desk in a real browser: words and their places on the page image, zoom, and editing where one reads."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from archive import publication
from tests.browser import NEEDED, complaints, sized, wait_until
from tests.builders import a_document

pytestmark = NEEDED

BODY = "No. 2408\n\nTo discuss this matter, Zhou Enlai\nwill have to meet Filippov again.\n\nRoshchin"


@pytest.fixture
def desk(browser, site, archivist):
    """The desk of a draft with one typeset page; whatever the browser has to complain of fails the test."""
    document = a_document(body=BODY)
    publication.typeset_pages([document.pk])
    browser.get(f"{site}/admin/archive/document/{document.pk}/change/")
    browser.execute_script("document.querySelector('.fonds-desk').scrollIntoView()")
    yield Desk(browser, document)
    assert complaints(browser) == []


class Desk:
    """What somebody at the desk sees and does."""

    def __init__(self, browser, document):
        self.browser, self.document = browser, document
        self.words = browser.find_element("css selector", "textarea.fonds-body")
        self.view = browser.find_element("css selector", ".fonds-images-view")
        self.lines = browser.find_elements("css selector", ".fonds-line")

    def line(self, words):
        """The place of a line on the image."""
        return next(line for line in self.lines if line.get_attribute("aria-label") == words)

    @property
    def lit(self):
        """What is lit: on the image and in the words."""
        return [
            self.browser.execute_script(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.ariaLabel || e.innerText)",
                f"{where} [data-lit]",
            )
            for where in (".fonds-images-view", ".fonds-mirror")
        ]

    @property
    def zoom(self):
        return self.browser.find_element("css selector", ".fonds-images-tools output").text

    def caret(self):
        return self.browser.execute_script(
            "return [document.activeElement === arguments[0], arguments[0].selectionStart]", self.words
        )


def test_every_line_has_its_place_within_the_image(desk):
    image = desk.browser.find_element("css selector", ".fonds-image img").rect

    for line in desk.lines:
        box = line.rect
        assert box["width"] > 10, line.get_attribute("aria-label")
        assert box["height"] > 5
        assert image["x"] <= box["x"] <= box["x"] + box["width"] <= image["x"] + image["width"]
        assert image["y"] <= box["y"] <= box["y"] + box["height"] <= image["y"] + image["height"]


def test_place_on_the_image_lights_its_words_by_keyboard(desk):
    desk.browser.execute_script("arguments[0].focus()", desk.line("No. 2408"))
    assert desk.lit == [["No. 2408"], ["No. 2408"]]

    desk.browser.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    assert desk.lit[0][0].startswith("To discuss")
    assert desk.lit[1][0].startswith("To discuss")

    desk.browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert desk.caret() == [True, BODY.index("To discuss")]


def test_click_on_the_image_leads_to_the_words(desk):
    desk.line("Roshchin").click()

    assert desk.caret() == [True, BODY.index("Roshchin")]
    assert desk.lit == [["Roshchin"], ["Roshchin"]]


def test_caret_in_the_words_lights_their_place_on_the_image(desk):
    desk.words.send_keys(Keys.CONTROL, Keys.END)
    assert desk.lit == [["Roshchin"], ["Roshchin"]]

    desk.words.send_keys(Keys.CONTROL, Keys.HOME)
    assert desk.lit == [["No. 2408"], ["No. 2408"]]


def test_images_zoom_by_keyboard_and_fetch_a_sharper_one(desk):
    figure = desk.browser.find_element("css selector", ".fonds-image")
    width = figure.rect["width"]
    desk.view.send_keys("+")
    assert (desk.zoom, round(figure.rect["width"] / width, 2)) == ("125%", 1.25)

    desk.view.send_keys("+")
    source = desk.browser.find_element("css selector", ".fonds-image img").get_attribute("src")
    assert (desk.zoom, "/2800.jpg?" in source) == ("150%", True)

    desk.browser.find_element("css selector", "[data-zoom=fit]").send_keys(Keys.ENTER)
    assert (desk.zoom, figure.rect["width"]) == ("100%", width)


def test_images_scroll_by_keyboard_where_they_are_larger_than_their_frame(desk):
    desk.view.send_keys("+++++")
    desk.view.send_keys(Keys.END)

    assert wait_until(lambda: desk.view.get_property("scrollTop") > 0)


def test_words_are_edited_where_they_stand_and_saved(desk):
    desk.words.send_keys(Keys.CONTROL, Keys.HOME)
    desk.words.send_keys("Urgent! ")
    assert desk.lit == [["No. 2408"], ["No. 2408"]], "the mirror follows what is typed"

    desk.browser.execute_script("document.querySelector('input[name=_continue]').click()")
    assert wait_until(lambda: desk.browser.find_elements("css selector", ".messagelist .success"))
    assert desk.document.texts.get().body.replace("\r\n", "\n") == f"Urgent! {BODY}"


def test_words_and_image_stand_beside_each_other_where_there_is_room(desk):
    def places():
        return [each.rect for each in (desk.words, desk.view)]

    sized(desk.browser, 1440, 1000)
    words, view = places()
    assert words["x"] + words["width"] <= view["x"]

    sized(desk.browser, 390, 844)
    words, view = places()
    assert words["y"] + words["height"] <= view["y"]
    assert view["x"] + view["width"] <= 390
