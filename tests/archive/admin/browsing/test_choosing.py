"""Who is looked for while one types, and is not there, is made on the spot."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from archive.models import Agent, Contribution
from tests.browser import NEEDED, complaints, wait_until
from tests.builders import a_document

pytestmark = NEEDED


@pytest.fixture
def contributions(browser, site, archivist):
    """A new row of the contributions of a document, with the list of agents open."""
    document = a_document()
    browser.get(f"{site}/admin/archive/document/{document.pk}/change/")
    browser.execute_script("document.querySelector('#contributions-group .add-row a').click()")
    row = browser.find_element("css selector", "#contributions-0")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", row)
    row.find_element("css selector", ".select2-selection").click()
    yield Row(browser, row, browser.current_window_handle, document)
    browser.switch_to.window(browser.window_handles[0])
    assert complaints(browser) == []


class Row:
    """A contribution as somebody fills it in."""

    def __init__(self, browser, row, window, document):
        self.browser, self.row, self.window, self.document = browser, row, window, document

    def look_for(self, words):
        """Type into the list, and wait for what it finds."""
        self.browser.switch_to.active_element.send_keys(words)
        return wait_until(lambda: self.browser.find_elements("css selector", ".select2-results .fonds-offer"))

    def popup(self):
        """Go over to the window that has opened."""
        assert wait_until(lambda: len(self.browser.window_handles) == 2)
        self.browser.switch_to.window(next(each for each in self.browser.window_handles if each != self.window))
        return wait_until(lambda: self.browser.find_elements("id", "id_name"))[0]

    @property
    def chosen(self):
        return self.row.find_element("css selector", ".select2-selection__rendered").text


def test_name_that_is_not_there_is_offered_made_and_chosen(contributions):
    (offer,) = contributions.look_for("Reed, Charles S.")
    assert offer.text == "Add “Reed, Charles S.”…"

    offer.click()
    name = contributions.popup()
    assert name.get_attribute("value") == "Reed, Charles S."
    name.send_keys(Keys.ENTER)

    assert wait_until(lambda: len(contributions.browser.window_handles) == 1)
    contributions.browser.switch_to.window(contributions.window)
    assert wait_until(lambda: contributions.chosen == "Reed, Charles S.")
    contributions.browser.execute_script("document.querySelector('[name$=-role]').value = 'sender'")
    contributions.browser.execute_script("document.querySelector('input[name=_continue]').click()")
    assert wait_until(lambda: contributions.browser.find_elements("css selector", ".messagelist .success"))
    assert Contribution.objects.get().agent == Agent.objects.get(name="Reed, Charles S.")


def test_offer_is_taken_by_keyboard(contributions):
    contributions.look_for("Reed")

    contributions.browser.switch_to.active_element.send_keys(Keys.ENTER)

    assert contributions.popup().get_attribute("value") == "Reed"
    contributions.browser.close()
