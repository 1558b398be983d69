"""Files chosen in a real browser: too many, or one too large, is told before anything is sent."""

from __future__ import annotations

import pytest

from archive.models import Accession
from tests.browser import NEEDED, complaints, wait_until

pytestmark = NEEDED


@pytest.fixture
def form(browser, site, archivist, settings):
    """The form by which files are handed in, at a site that takes two at once, of a kilobyte each."""
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    settings.FONDS = {**settings.FONDS, "SOURCE_LIMIT": 1000}
    browser.get(f"{site}/admin/archive/accession/add/")
    yield browser
    assert complaints(browser) == []


def choose(browser, folder, **sizes):
    """Choose files of so many bytes, in place of those that were chosen."""
    field = browser.find_element("css selector", "input[type=file]")
    field.clear()
    for name, size in sizes.items():
        (folder / f"{name}.txt").write_text("x" * size)
    field.send_keys("\n".join(str(folder / f"{name}.txt") for name in sizes))


def told(browser):
    return [each.text for each in browser.find_elements("css selector", "[role=alert] li")]


def send(browser):
    browser.find_element("css selector", "input[type=submit]").click()


def test_files_that_would_be_refused_stay_where_they_are(form, tmp_path):
    choose(form, tmp_path, first=5, second=1001, third=5)

    assert told(form) == [
        "These are 3 files; at most 2 can be sent at once. Pack them into a ZIP file, which may hold more.",
        "second.txt has 1,001 bytes; this site takes at most 1,000.",
    ]
    send(form)
    field = form.switch_to.active_element
    assert (field.get_attribute("type"), field.get_attribute("aria-invalid")) == ("file", "true")
    assert not Accession.objects.exists()


def test_those_chosen_in_their_place_are_sent(form, tmp_path, turn):
    choose(form, tmp_path, large=1001)
    assert told(form)
    choose(form, tmp_path, first=5, second=6)
    assert told(form) == []

    send(form)

    assert wait_until(lambda: "is queued" in form.page_source)
    with turn:
        assert Accession.objects.get().sources.count() == 2
