"""One browser for each module, and a site to look at with it."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler

from tests.browser import coloured, complaints, logged_in, sized, started


@pytest.fixture(scope="module")
def chromium():
    with started() as driver:
        yield driver


@pytest.fixture
def turn(monkeypatch):
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
def browser(chromium, turn):
    """The browser as it is at the beginning: in light, 1280 pixels wide, with nothing to complain of."""
    coloured(chromium, "light")
    sized(chromium, 1280, 1000)
    complaints(chromium)
    yield chromium
    # A page that still asks for something would do so while the database is emptied.
    chromium.get("about:blank")
    with turn:
        pass


@pytest.fixture
def site(live_server, settings):
    """A site that is known by the address at which it answers."""
    settings.FONDS = {**settings.FONDS, "PUBLIC_BASE_URL": live_server.url}
    return live_server.url


@pytest.fixture
def archivist(browser, site):
    """Somebody who may do everything, logged in."""
    user = User.objects.create_superuser("archivist")
    logged_in(browser, site, user)
    return user
