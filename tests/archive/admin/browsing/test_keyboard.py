"""The admin by keyboard alone: Tab comes to everything that can be worked, and one sees where one is."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.keys import Keys

from archive import publication
from tests.browser import NEEDED, wait_until
from tests.builders import a_document
from tests.tour.stops import Visit

pytestmark = NEEDED

#: Everything on the page that can be worked, with how each looks while nobody is at it.
LOOK = """
window.look = each => {
  const style = getComputedStyle(each.closest(".select2-selection") || each);
  return [style.outline, style.boxShadow, style.borderColor, style.backgroundColor, style.color,
          style.textDecoration].join("|");
};
document.activeElement.blur();
window.all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter(each => each.checkVisibility({visibilityProperty: true}) && !each.disabled && each.tabIndex >= 0);
// One of the buttons of a choice stands for all, and the arrow keys lead to the others.
window.all = window.all.filter(each => each.type !== "radio" || each.checked);
window.unseen = new Map(window.all.map(each => [each, look(each)]));
return window.all.length;
"""
#: Where the keyboard is now: an element not met before leaves the list. What it is where nothing tells that it is here.
STEP = """
const here = document.activeElement;
const before = window.unseen.get(here);
window.unseen.delete(here);
return before !== undefined && before === look(here) ? here.outerHTML.slice(0, 200) : "";
"""


def walked(browser):
    """Go by Tab from the top to the end: what was not reached, and where one could not see that one was there."""
    steps = browser.execute_script(LOOK)
    unmarked = []
    for _ in range(steps + 20):
        for kind in ("keyDown", "keyUp"):
            browser.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": kind, "key": "Tab", "windowsVirtualKeyCode": 9})
        if told := browser.execute_script(STEP):
            unmarked.append(told)
    unreached = browser.execute_script("return [...window.unseen.keys()].map(each => each.outerHTML.slice(0, 200))")
    return unreached, unmarked


@pytest.mark.parametrize("page", ["index", "documents", "document", "bulk"])
def test_tab_comes_to_everything_and_one_sees_where_one_is(browser, site, archivist, page):
    document = a_document()
    publication.typeset_pages([document.pk])
    visit = Visit(browser, site, None)
    {
        "index": lambda: visit.go("index"),
        "documents": lambda: visit.go("archive_document_changelist"),
        "document": lambda: visit.go("archive_document_change", document.pk),
        "bulk": lambda: visit.act("document", "edit_in_bulk", rows=1),
    }[page]()

    assert walked(browser) == ([], [])


def test_first_stop_skips_to_the_content(browser, site, archivist):
    browser.get(f"{site}/admin/archive/document/")
    browser.execute_script("document.activeElement.blur()")
    browser.find_element("css selector", "body").send_keys(Keys.TAB)
    skip = browser.switch_to.active_element
    assert skip.text == "Skip to main content"

    skip.send_keys(Keys.ENTER)
    assert wait_until(lambda: browser.current_url.endswith("#content-start"))


def test_texts_are_one_stop_away_from_the_top_of_a_document(browser, site, archivist):
    browser.get(f"{site}/admin/archive/document/{a_document().pk}/change/")

    browser.find_element("link text", "TEXTS AND IMAGES").send_keys(Keys.ENTER)

    heading = browser.find_element("css selector", "#texts-group h2")
    assert wait_until(
        # Half a pixel is rounded: text does not stand on whole ones.
        lambda: 0 <= round(browser.execute_script("return arguments[0].getBoundingClientRect().top", heading)) < 90
    )


def test_bulk_edit_is_chosen_and_seen_by_keyboard_alone(browser, site, archivist):
    a_document()
    visit = Visit(browser, site, None)
    visit.act("document", "edit_in_bulk", rows=1)

    rights = next(each for each in browser.find_elements("css selector", "summary") if each.text == "Set rights")
    rights.send_keys(Keys.ENTER)
    field = browser.find_element("id", "id_set_rights_rights_uri")
    assert field.is_displayed()
    field.send_keys("http://rightsstatements.org/vocab/InC/1.0/", Keys.ENTER)

    assert wait_until(lambda: browser.find_elements("css selector", ".fonds-difference ins"))
