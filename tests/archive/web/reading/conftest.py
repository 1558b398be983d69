"""The browser of the tests of the admin, for the pages of readers."""

from tests.archive.admin.browsing.conftest import browser, chromium, site, turn

__all__ = ["browser", "chromium", "site", "turn"]
