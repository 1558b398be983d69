"""The browser, and somebody who is logged in with it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests.browser import browser, chromium, logged_in, site, turn

__all__ = ["browser", "chromium", "site", "turn"]


@pytest.fixture
def archivist(browser, site):
    """Somebody who may do everything, logged in."""
    user = User.objects.create_superuser("archivist")
    logged_in(browser, site, user)
    return user
