"""No page of the admin keeps anybody out, as far as axe-core can tell: in light, in dark, in a narrow window."""

from __future__ import annotations

import pytest

from tests import axe
from tests.browser import NEEDED, coloured, complaints, logged_in, sized
from tests.tour.holdings import fill
from tests.tour.stops import STOPS, Visit

pytestmark = [
    *NEEDED,
    pytest.mark.skipif(not axe.SCRIPT.exists(), reason="axe-core is not there: make test fetches it"),
]


#: Where archivists spend their days; the walk over all pages takes minutes, and is one of the long tests.
MOST_USED = (
    *("dashboard", "documents-found", "document", "bulk-preview", "job"),
    *("upload", "accession", "item", "agent", "unit"),
)


def test_axe_finds_nothing_on_the_ten_most_used_pages_and_the_browser_neither(browser, site):
    assert found_on(MOST_USED, browser, site) == ""


@pytest.mark.soak
def test_axe_finds_nothing_on_any_page_and_the_browser_neither(browser, site):
    assert found_on(STOPS, browser, site) == ""


def found_on(names, browser, site) -> str:
    """What axe-core finds on pages of the tour, and what the browser complains of there."""
    holdings = fill(documents=12)
    logged_in(browser, site, holdings.user)
    visit = Visit(browser, site, holdings)
    told = []
    for name in names:
        sized(browser, 1280, 1000)
        coloured(browser, "light")
        STOPS[name](visit)
        findings = axe.findings(browser)
        coloured(browser, "dark")
        sized(browser, 390, 844)
        findings += [f"dark and narrow: {each}" for each in axe.findings(browser, only=axe.OF_THE_LOOK)]
        if findings := findings + complaints(browser):
            told += [f"\n== {name}", *findings]
    return "\n".join(told)
