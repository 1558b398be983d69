"""Dublin Core statements in a real browser: rows are added, moved and removed where they stand."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from tests.browser import NEEDED, complaints, wait_until
from tests.builders import a_document

pytestmark = NEEDED

HELD = [
    {"term": "subject", "value": "Railways"},
    {"term": "spatial", "value": "Manchuria"},
    {"term": "isPartOf", "uri": "http://vocab.getty.edu/aat/300026879"},
]


@pytest.fixture
def statements(browser, site, archivist):
    """The statements of a document with three of them; whatever the browser has to complain of fails the test."""
    document = a_document(statements=HELD)
    browser.get(f"{site}/admin/archive/document/{document.pk}/change/")
    browser.execute_script(
        "const field = document.querySelector('.fonds-statements');"
        "field.closest('details').open = true; field.scrollIntoView()"
    )
    yield Statements(browser, document)
    assert complaints(browser) == []


class Statements:
    """What somebody sees of the rows, and does with them."""

    def __init__(self, browser, document):
        self.browser, self.document = browser, document

    @property
    def rows(self):
        return self.browser.find_elements("css selector", ".fonds-statement")

    @property
    def values(self):
        return [row.find_element("css selector", "textarea").get_attribute("value") for row in self.rows]

    @property
    def told(self):
        return self.browser.execute_script(
            "return document.querySelector('.fonds-statements [role=status]').textContent"
        )

    @property
    def here(self):
        """What has the focus: its label, and the number of its row."""
        return self.browser.execute_script(
            "const here = document.activeElement, row = here.closest('li');"
            "return [here.ariaLabel || here.tagName, row ? [...row.parentNode.children].indexOf(row) + 1 : 0]"
        )

    def press(self, row, what):
        """Come to a button of a row by keyboard, and press it."""
        self.rows[row].find_element("css selector", f"button[aria-label={what}]").send_keys(Keys.ENTER)

    def save(self):
        self.browser.execute_script("document.querySelector('input[name=_continue]').click()")
        assert wait_until(lambda: self.browser.find_elements("css selector", ".messagelist .success, .errornote"))
        self.document.refresh_from_db()
        return self.document.statements


def test_only_what_is_said_is_shown_and_no_row_asks_for_a_number(statements):
    assert statements.values == ["Railways", "Manchuria", ""]
    assert not any(each.is_displayed() for each in statements.browser.find_elements("css selector", ".fonds-place"))


def test_added_row_is_the_last_and_has_the_focus(statements):
    statements.browser.find_element("css selector", "[data-add]").send_keys(Keys.ENTER)
    assert statements.here == ["SELECT", 4]

    Select(statements.browser.switch_to.active_element).select_by_value("extent")
    statements.rows[3].find_element("css selector", "textarea").send_keys("2 leaves")

    assert statements.save() == [*HELD, {"term": "extent", "value": "2 leaves"}]


def test_row_is_moved_by_keyboard_told_of_and_saved_in_its_place(statements):
    statements.press(2, "Up")
    assert statements.told == "Place 2 of 3"
    assert statements.here == ["Up", 2]
    statements.press(1, "Up")
    statements.press(0, "Up")  # there is no place above the first

    assert statements.save() == [HELD[2], HELD[0], HELD[1]]


def test_removed_row_is_gone_and_the_next_has_the_focus(statements):
    statements.press(0, "Remove")
    assert (statements.told, statements.here) == ("Removed", ["SELECT", 1])
    assert statements.values == ["Manchuria", ""]

    assert statements.save() == HELD[1:]


def test_all_rows_can_be_removed(statements):
    for _ in HELD:
        statements.press(0, "Remove")
    assert statements.browser.switch_to.active_element.text == "Add a statement"

    assert statements.save() == []


def test_row_added_after_one_was_removed_has_a_name_of_its_own(statements):
    statements.press(1, "Remove")
    for words in ("first", "second"):
        statements.browser.find_element("css selector", "[data-add]").send_keys(Keys.ENTER)
        Select(statements.rows[-1].find_element("css selector", "select")).select_by_value("description")
        statements.rows[-1].find_element("css selector", "textarea").send_keys(words)

    assert [each.get("value") for each in statements.save()] == ["Railways", None, "first", "second"]


def test_what_is_wrong_is_told_in_its_row_and_nothing_typed_is_lost(statements):
    statements.rows[2].find_element("css selector", "[name$=-uri]").send_keys(" and a blank")
    statements.press(2, "Up")

    assert statements.save() == HELD
    (wrong,) = statements.browser.find_elements("css selector", ".fonds-wrong")
    assert "is not a URI" in wrong.text
    assert statements.values == ["Railways", "", "Manchuria"]
