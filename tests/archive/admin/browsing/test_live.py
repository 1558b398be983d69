"""Work in a real browser: its page follows it without being loaded anew, tells how far it is, and stops in the end."""

from __future__ import annotations

import pytest
from django.utils import timezone
from selenium.webdriver.common.by import By

from archive.models import Accession, Job
from archive.readers import Source
from tests.browser import NEEDED, complaints, wait_until
from tests.builders import a_document
from tests.sources import an_accession_source

pytestmark = NEEDED

#: The page looks every two seconds; in here twenty times as often.
HURRY = "const wait = window.setTimeout; window.setTimeout = (then, time) => wait(then, time / 20);"


def an_accession_at_work(user):
    work = Accession.objects.create(state="running", created_by=user)
    for number in range(2):
        source = Source(f"{number}.txt", str(number).encode())
        work.items.create(source=an_accession_source(source, accession=work, position=number + 1))
    return work


def a_job_at_work(user):
    work = Job.objects.create(kind="publish", label="Publish", state="running", total=2, created_by=user)
    for number in range(2):
        document = a_document(str(number))
        work.items.create(document=document, identifier=document.identifier)
    return work


WORK = {"accession": (an_accession_at_work, "created"), "job": (a_job_at_work, "done")}


@pytest.fixture(params=WORK)
def work(request, browser, site, archivist, turn):
    """The page of an accession, and of a job, that a worker is at."""
    make, done = WORK[request.param]
    work = make(archivist)
    script = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": HURRY})
    browser.get(f"{site}/admin/archive/{request.param}/{work.pk}/change/")
    browser.execute_script("window.untouched = true")
    yield At(browser, work, done, turn)
    assert browser.execute_script("return window.untouched"), "the page was loaded anew"
    browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)
    assert complaints(browser) == []


class At:
    """Somebody before the page of a work."""

    def __init__(self, browser, work, done, turn):
        self.browser, self.work, self.done, self.turn = browser, work, done, turn

    @property
    def progress(self):
        bar = self.browser.execute_script("const e = document.querySelector('progress'); return [e.value, e.max]")
        return tuple(bar)

    @property
    def told(self):
        return self.browser.execute_script("return document.querySelector('[role=status]').textContent")

    def one_done(self):
        """A worker finishes a row."""
        with self.turn:
            row = self.work.items.filter(state="queued").first()
            self.work.items.filter(pk=row.pk).update(state=self.done, finished_at=timezone.now())

    def ended(self):
        """A worker finishes it all."""
        with self.turn:
            self.work.items.update(state=self.done, finished_at=timezone.now())
            type(self.work).objects.filter(pk=self.work.pk).update(state="done", finished_at=timezone.now())

    def looks(self):
        return self.browser.execute_script(
            "return performance.getEntriesByType('resource').filter(e => e.initiatorType === 'fetch').length"
        )


def test_progress_is_shown_and_told_without_loading_the_page_anew(work):
    assert work.progress == (0, 2)
    work.one_done()

    assert wait_until(lambda: work.progress == (1, 2))
    assert work.told.startswith("Running: 1 of 2")


def test_page_stops_looking_once_the_work_is_done(work):
    work.ended()
    assert wait_until(lambda: work.told.startswith("Done: 2 of 2"))
    assert not work.browser.find_elements(By.CSS_SELECTOR, "#fonds-live[data-in-work]")
    # Whatever was under way when the last part came has ended once its successor would have begun twice over.
    work.browser.execute_async_script("setTimeout(arguments[0], 6000)")
    looks = work.looks()
    work.browser.execute_async_script("setTimeout(arguments[0], 6000)")

    assert work.looks() == looks


def test_who_stands_on_a_button_still_stands_on_it_when_the_page_moves_on(work):
    stand = "const button = document.querySelector('.fonds-tool button'); button.focus(); return button.textContent"
    assert work.browser.execute_script(stand).strip().lower() == "cancel"
    work.one_done()

    assert wait_until(lambda: work.progress == (1, 2))
    # Asked of the page in one go: the button may be another one a moment later.
    assert work.browser.execute_script("return document.activeElement.textContent").strip().lower() == "cancel"
