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


@pytest.mark.soak  # over a minute, and pages that came last have yet to be seen through
def test_axe_finds_nothing_on_any_page_and_the_browser_neither(browser, site):
    holdings = fill(documents=12)
    logged_in(browser, site, holdings.user)
    visit = Visit(browser, site, holdings)

    found = {}
    for name, way in STOPS.items():
        sized(browser, 1280, 1000)
        coloured(browser, "light")
        way(visit)
        findings = axe.findings(browser)
        coloured(browser, "dark")
        sized(browser, 390, 844)
        findings += [f"dark and narrow: {each}" for each in axe.findings(browser, only=axe.OF_THE_LOOK)]
        if findings := findings + complaints(browser):
            found[name] = findings

    assert not found, "\n".join(f"\n== {name}\n" + "\n".join(each) for name, each in found.items())
