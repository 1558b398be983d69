"""A headless browser, where the machine has one, and the fixtures of whoever looks at a site with it."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next((path for path in BROWSERS if Path(path).exists()), None)
CHROMEDRIVER = os.environ.get("CHROMEDRIVER") or shutil.which("chromedriver")

#: What a module of tests in a browser asks for.
NEEDED = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here; name one in CHROMIUM"),
    pytest.mark.skipif(CHROMEDRIVER is None, reason="there is no chromedriver here; name one in CHROMEDRIVER"),
]

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=1280,1200",
)


@contextmanager
def started() -> Iterator[Any]:
    """A browser, until the end of the block."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for argument in ARGUMENTS:
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(CHROMEDRIVER))
    try:
        yield driver
    finally:
        driver.quit()


def coloured(driver: Any, scheme: str) -> None:
    """Let the machine of the reader prefer ``light`` or ``dark``."""
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )


def sized(driver: Any, width: int, height: int) -> None:
    """A window of so many pixels; headless Chromium's own is never narrower than 500."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def logged_in(driver: Any, site: str, user: Any) -> None:
    """Log somebody in at the site, without the form."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    driver.get(f"{site}/healthz")
    driver.delete_all_cookies()
    driver.add_cookie({"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value, "path": "/"})


def wait_until(condition: Callable[[], Any], *, seconds: float = 40) -> Any:
    """Look again and again until the condition holds; what it was in the end."""
    end = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return value


def complaints(driver: Any) -> list[str]:
    """What the browser itself found wrong since it was last asked: scripts that fail, and what a policy refused."""
    said = [entry["message"] for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
    return [each for each in said if "/favicon.ico" not in each]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for all tests of a module."""
    with started() as driver:
        yield driver


@pytest.fixture
def turn(monkeypatch: pytest.MonkeyPatch) -> threading.RLock:
    """A lock that the site holds while it answers, and a test while it writes.

    SQLite in memory is one connection for all threads; two that use it at once lock each other out.
    """
    turn, answer = threading.RLock(), WSGIHandler.__call__

    def in_turn(self, environ, start_response):
        with turn:
            return answer(self, environ, start_response)

    monkeypatch.setattr(WSGIHandler, "__call__", in_turn)
    return turn


@pytest.fixture
def browser(chromium: Any, turn: threading.RLock) -> Iterator[Any]:
    """The browser as it is at the beginning: in light, 1280 pixels wide, with nothing to complain of."""
    coloured(chromium, "light")
    sized(chromium, 1280, 1000)
    complaints(chromium)
    yield chromium
    # A page that still asks for something would do so while the database is emptied, or in the midst of the next test.
    chromium.get("about:blank")
    with turn:
        pass


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """A site that is known by the address at which it answers."""
    settings.FONDS = {**settings.FONDS, "PUBLIC_BASE_URL": live_server.url}
    return live_server.url
